/// The type of the numbers in a file.
public enum ScalarType: Equatable, Sendable, CaseIterable {
  case bool
  case int8, uint8, int16, uint16, int32, uint32, int64, uint64
  case float16, float32, float64

  /// Bytes a number takes.
  public var size: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// Whether numbers of the type may be NaN or infinite.
  public var isFloatingPoint: Bool { self == .float16 || self == .float32 || self == .float64 }

  /// The type in the words of NumPy's file header, in this machine's byte order: `<f4`, `|i1`.
  public var npyDescriptor: String { (size == 1 ? "|" : nativeByteOrder) + kind + String(size) }

  /// NumPy's letter for the kind of number.
  private var kind: String {
    switch self {
    case .bool: "b"
    case .int8, .int16, .int32, .int64: "i"
    case .uint8, .uint16, .uint32, .uint64: "u"
    case .float16, .float32, .float64: "f"
    }
  }

  /// The type that NumPy calls by this kind and size, such as `f4`; nil if none is.
  init?(npyKindAndSize name: some StringProtocol) {
    guard let type = ScalarType.allCases.first(where: { name == $0.kind + String($0.size) }) else {
      return nil
    }
    self = type
  }
}

/// NumPy's sign for the order of bytes in this machine.
let nativeByteOrder = 1.littleEndian == 1 ? "<" : ">"

/// A Swift type whose values an array of numbers holds as they are.
public protocol NumericElement: BitwiseCopyable, Sendable {
  /// The same type, as files know it.
  static var scalarType: ScalarType { get }
}

extension Bool: NumericElement { public static var scalarType: ScalarType { .bool } }
extension Int8: NumericElement { public static var scalarType: ScalarType { .int8 } }
extension UInt8: NumericElement { public static var scalarType: ScalarType { .uint8 } }
extension Int16: NumericElement { public static var scalarType: ScalarType { .int16 } }
extension UInt16: NumericElement { public static var scalarType: ScalarType { .uint16 } }
extension Int32: NumericElement { public static var scalarType: ScalarType { .int32 } }
extension UInt32: NumericElement { public static var scalarType: ScalarType { .uint32 } }
extension Int64: NumericElement { public static var scalarType: ScalarType { .int64 } }
extension UInt64: NumericElement { public static var scalarType: ScalarType { .uint64 } }
extension Float: NumericElement { public static var scalarType: ScalarType { .float32 } }
extension Double: NumericElement { public static var scalarType: ScalarType { .float64 } }
