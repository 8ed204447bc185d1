internal import Foundation

/// A drawing in SVG, put together from lines, dots and words.
struct SVG {
  typealias Place = (x: Double, y: Double)
  private var parts: [String]

  init(width: Double, height: Double) {
    parts = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width.short) \(height.short)" \
      font-family="Helvetica, Arial, sans-serif" font-size="12">
      """,
      "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
    ]
  }

  var text: String { (parts + ["</svg>", ""]).joined(separator: "\n") }

  mutating func line(_ places: [Place], colour: String, width: Double) {
    let points = places.map { "\($0.x.short),\($0.y.short)" }.joined(separator: " ")
    add(
      "polyline",
      [("points", points), ("fill", "none"), ("stroke", colour), ("stroke-width", width.short)])
  }

  mutating func dot(_ place: Place, colour: String) {
    add("circle", [("cx", place.x.short), ("cy", place.y.short), ("r", "3.5"), ("fill", colour)])
  }

  /// Words that begin, end or have their middle at a place, as `anchor` says.
  mutating func words(
    _ words: String, at place: Place, anchor: String = "start", size: Double = 12,
    upward: Bool = false
  ) {
    var attributes = [
      ("x", place.x.short), ("y", place.y.short), ("text-anchor", anchor),
      ("font-size", size.short),
    ]
    if upward { attributes.append(("transform", "rotate(-90 \(place.x.short) \(place.y.short))")) }
    let escaped = words.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "<", with: "&lt;")
    add("text", attributes, escaped)
  }

  private mutating func add(
    _ name: String, _ attributes: [(String, String)], _ content: String? = nil
  ) {
    let written = attributes.map { " \($0)=\"\($1)\"" }.joined()
    parts.append(content.map { "<\(name)\(written)>\($0)</\(name)>" } ?? "<\(name)\(written)/>")
  }
}

extension Double {
  fileprivate var short: String { self == rounded() ? withDigits(0) : withDigits(1) }
}
