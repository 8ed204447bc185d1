import Testing

@testable import HopfieldPlots

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Relative luminance as in WCAG 2.1.
private func luminance(_ colour: RGB) -> Double {
  let linear = [colour.red, colour.green, colour.blue].map { channel in
    let c = Double(channel) / 255
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
  }
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// Contrast as in WCAG 2.1, from 1 to 21.
private func contrast(_ a: RGB, _ b: RGB) -> Double {
  let (low, high) = (min(luminance(a), luminance(b)), max(luminance(a), luminance(b)))
  return (high + 0.05) / (low + 0.05)
}

@Suite struct PaletteTests {
  private let paper = RGB(0xFFFFFF)

  @Test("The first five colours stand out on white at 3 to 1, the others at 2 to 1")
  func onPaper() {
    for (i, colour) in Plot.Colour.series.enumerated() {
      #expect(contrast(colour.rgb, paper) >= (i < 5 ? 3 : 2))
    }
    #expect(contrast(Plot.Colour.grey.rgb, paper) > 4.5)
    #expect(Set(Plot.Colour.allCases.map(\.rgb)).count == Plot.Colour.allCases.count)
  }

  @Test("viridis rises evenly in lightness, from its published ends") func viridis() {
    let map = Plot.ColourMap.viridis
    #expect(map.colour(at: 0).hex == "#440154" && map.colour(at: 1).hex == "#fde725")
    #expect(map.colour(at: -1) == map.colour(at: 0) && map.colour(at: 2) == map.colour(at: 1))
    // Entry 128 of 256, which is no stop of ours: (0.127568, 0.566949, 0.550556).
    let middle = map.colour(at: 128.0 / 255)
    #expect(abs(Int(middle.red) - 33) <= 1)
    #expect(abs(Int(middle.green) - 145) <= 1)
    #expect(abs(Int(middle.blue) - 140) <= 1)
    // CIE lightness L* = 116 Y^(1/3) - 16.
    let lightness = (0...20).map { 116 * cbrt(luminance(map.colour(at: Double($0) / 20))) - 16 }
    for (a, b) in zip(lightness, lightness.dropFirst()) { #expect(b - a > 2.5 && b - a < 5.5) }
  }

  @Test("Greys run from white to nearly black, alike in all channels") func greys() {
    let colours = (0...10).map { Plot.ColourMap.greys.colour(at: Double($0) / 10) }
    #expect(colours.first == paper)
    for (a, b) in zip(colours, colours.dropFirst()) {
      #expect(a.red == a.green && a.green == a.blue && a.red > b.red)
    }
  }
}
