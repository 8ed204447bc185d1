/// A chart of lines over logarithmic axes.
struct LineChart {
  struct Line {
    let label: String
    let points: [(x: Double, y: Double)]
  }

  let title: String
  /// What the axes show, units included.
  let x: String
  let y: String
  let lines: [Line]

  /// Colours that the colour-blind tell apart (Okabe and Ito 2008).
  private static let colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]

  var svg: String {
    let (width, height) = (640.0, 440.0)
    // The legend stands above the plot, a row a line.
    let (left, right, top, bottom) = (76.0, 616.0, 52 + 18 * Double(lines.count), 384.0)
    let points = lines.flatMap(\.points)
    let across = LogAxis(covering: points.map(\.x), from: left, to: right)
    let upward = LogAxis(covering: points.map(\.y), from: bottom, to: top)
    var drawing = SVG(width: width, height: height)
    drawing.words(title, at: (left, 28), size: 15)
    drawing.words(x, at: ((left + right) / 2, height - 14), anchor: "middle")
    drawing.words(y, at: (20, (top + bottom) / 2), anchor: "middle", upward: true)
    for tick in across.ticks {
      drawing.line([(tick.place, top), (tick.place, bottom)], colour: "#dddddd", width: 1)
      drawing.words(tick.label, at: (tick.place, bottom + 18), anchor: "middle")
    }
    for tick in upward.ticks {
      drawing.line([(left, tick.place), (right, tick.place)], colour: "#dddddd", width: 1)
      drawing.words(tick.label, at: (left - 8, tick.place + 4), anchor: "end")
    }
    for (k, line) in lines.enumerated() {
      let colour = Self.colours[k % Self.colours.count]
      let places = line.points.map { (across.place(of: $0.x), upward.place(of: $0.y)) }
      drawing.line(places, colour: colour, width: 2)
      for place in places { drawing.dot(place, colour: colour) }
      let row = 50 + 18 * Double(k)
      drawing.line([(left, row - 4), (left + 22, row - 4)], colour: colour, width: 2)
      drawing.dot((left + 11, row - 4), colour: colour)
      drawing.words(line.label, at: (left + 32, row))
    }
    return drawing.text
  }
}
