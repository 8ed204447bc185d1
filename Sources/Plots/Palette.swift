extension Plot {
  /// The colours of lines and points, which colour-blind readers tell apart.
  ///
  /// - Source: Okabe and Ito 2002, *Color Universal Design*, without the yellow, which is hardly
  ///   seen on white paper.
  public enum Colour: Hashable, Sendable, CaseIterable {
    case blue, vermillion, green, black, purple, orange, skyBlue, grey, white

    /// What series take in turn: the strongest on white first, neighbours of different hue.
    static let series: [Colour] = [.blue, .vermillion, .green, .black, .purple, .orange, .skyBlue]

    /// The colour as RGB.
    var rgb: RGB {
      switch self {
      case .blue: RGB(0x0072B2)
      case .vermillion: RGB(0xD55E00)
      case .green: RGB(0x009E73)
      case .black: RGB(0x000000)
      case .purple: RGB(0xCC79A7)
      case .orange: RGB(0xE69F00)
      case .skyBlue: RGB(0x56B4E9)
      case .grey: RGB(0x707070)
      case .white: RGB(0xFFFFFF)
      }
    }
  }

  /// The colours of a heat map, from its lowest value to its highest.
  public enum ColourMap: Hashable, Sendable, CaseIterable {
    /// Dark blue over green to yellow, in steps that look equal, also in grey and to the
    /// colour-blind.
    ///
    /// - Source: Smith and van der Walt 2015, dedicated to the public domain; every eighth
    ///   colour of their 256.
    case viridis
    /// White to black.
    case greys

    /// The colour at a share `t` of the way, 0 to 1; beyond, that of the end.
    func colour(at t: Double) -> RGB {
      let place = min(max(t, 0), 1) * Double(stops.count - 1)
      let below = min(Int(place), stops.count - 2)
      return stops[below].mixed(with: stops[below + 1], share: place - Double(below))
    }

    private var stops: [RGB] {
      switch self {
      case .viridis: Self.viridisStops
      case .greys: Self.greyStops
      }
    }

    private static let greyStops = [RGB(0xFFFFFF), RGB(0x101010)]

    private static let viridisStops: [RGB] = [
      0x440154, 0x470D60, 0x48186A, 0x482374, 0x472D7B, 0x453781, 0x424086, 0x3E4989, 0x3B528B,
      0x375B8D, 0x33638D, 0x2F6B8E, 0x2C728E, 0x297A8E, 0x26828E, 0x23898E, 0x21918C, 0x1F988B,
      0x1FA088, 0x22A785, 0x28AE80, 0x32B67A, 0x3FBC73, 0x4EC36B, 0x5EC962, 0x70CF57, 0x84D44B,
      0x98D83E, 0xADDC30, 0xC2DF23, 0xD8E219, 0xECE51B, 0xFDE725,
    ].map { RGB($0) }
  }
}

/// A colour in sRGB, eight bits a channel.
struct RGB: Hashable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  /// The colour written 0xRRGGBB.
  init(_ hex: UInt32) {
    red = UInt8(hex >> 16 & 0xFF)
    green = UInt8(hex >> 8 & 0xFF)
    blue = UInt8(hex & 0xFF)
  }

  /// The colour as attributes of SVG take it.
  var hex: String {
    "#"
      + [red, green, blue].map { channel in
        (channel < 16 ? "0" : "") + String(channel, radix: 16)
      }.joined()
  }

  /// A mixture in sRGB: `share` of the other colour.
  func mixed(with other: RGB, share: Double) -> RGB {
    func channel(_ a: UInt8, _ b: UInt8) -> UInt32 {
      UInt32((Double(a) + share * (Double(b) - Double(a))).rounded())
    }
    return RGB(
      channel(red, other.red) << 16 | channel(green, other.green) << 8
        | channel(blue, other.blue))
  }
}
