internal import CKernels

/// Rows of real vectors in one buffer, as the retrieval kernels read them.
///
/// Elements are all `Float` or all `Double`. A row is padded with zeros to a multiple of 16 elements
/// (retrieval.h). A value type: copies share memory until one of them is changed.
package struct VectorRows: Sendable {
  private enum Storage: Sendable {
    case single(AlignedMemory<Float>)
    case double(AlignedMemory<Double>)
  }

  package let dimension: Int
  /// Elements from one row to the next.
  package let stride: Int
  package private(set) var count: Int
  private var storage: Storage

  private init(dimension: Int, count: Int, storage: (Int) -> Storage) {
    precondition(dimension > 0, "vectors of \(dimension) coordinates, not at least 1")
    precondition(count < 1 << 32, "\(count) vectors, not below 2^32")
    self.dimension = dimension
    stride = (dimension + Int(HR_PAD) - 1) / Int(HR_PAD) * Int(HR_PAD)
    self.count = count
    self.storage = storage(stride * count)
  }

  /// Rows that stand one after another in `elements`.
  package init(_ elements: [Float], dimension: Int) {
    self.init(elements, dimension: dimension, zero: AlignedMemory<Float>.init, as: Storage.single)
  }

  /// Rows that stand one after another in `elements`.
  package init(_ elements: [Double], dimension: Int) {
    self.init(elements, dimension: dimension, zero: AlignedMemory<Double>.init, as: Storage.double)
  }

  private init<Element: BitwiseCopyable>(
    _ elements: [Element], dimension: Int, zero: (Int) -> AlignedMemory<Element>,
    as storage: (AlignedMemory<Element>) -> Storage
  ) {
    precondition(
      dimension > 0 && elements.count % dimension == 0,
      "\(elements.count) elements are no whole number of vectors of \(dimension)")
    let count = elements.count / dimension
    self.init(dimension: dimension, count: count) { storage(zero($0)) }
    unsafe elements.withUnsafeBufferPointer { source in
      for row in 0..<count {
        unsafe start(of: row, as: Element.self).update(
          from: source.baseAddress! + row * dimension, count: dimension)
      }
    }
  }

  package var isDouble: Bool {
    if case .double = storage { true } else { false }
  }

  /// The number of rows that there is memory for.
  private var capacity: Int {
    switch storage {
    case .single(let memory): memory.count / stride
    case .double(let memory): memory.count / stride
    }
  }

  /// The rows as the kernels take them: valid while `self` is.
  var borrowed: hr_rows {
    switch storage {
    case .single(let memory):
      unsafe hr_rows(
        elements: memory.start, is_double: false, stride: stride, dimension: dimension)
    case .double(let memory):
      unsafe hr_rows(elements: memory.start, is_double: true, stride: stride, dimension: dimension)
    }
  }

  private func start<Element: BitwiseCopyable>(
    of row: Int, as: Element.Type
  ) -> UnsafeMutablePointer<Element> {
    unsafe UnsafeMutableRawPointer(mutating: borrowed.elements)
      .assumingMemoryBound(to: Element.self) + row * stride
  }

  // MARK: Rows

  /// A row in double.
  package subscript(row: Int) -> [Double] {
    precondition(row >= 0 && row < count, "row \(row) of \(count)")
    guard !isDouble else {
      return unsafe Array(
        UnsafeBufferPointer(start: start(of: row, as: Double.self), count: dimension))
    }
    let floats = unsafe start(of: row, as: Float.self)
    return unsafe [Double](unsafeUninitializedCapacity: dimension) { doubles, filled in
      for k in 0..<dimension { unsafe doubles[k] = Double(floats[k]) }
      filled = dimension
    }
  }

  /// A row in float, rounded where the rows are double.
  package func floats(at row: Int) -> [Float] {
    isDouble
      ? self[row].map(Float.init)
      : unsafe Array(UnsafeBufferPointer(start: start(of: row, as: Float.self), count: dimension))
  }

  /// The largest |component|, or NaN where there is one.
  package var largestMagnitude: Double {
    var largest = 0.0
    for row in 0..<count {
      for k in 0..<dimension {
        let x =
          isDouble
          ? unsafe start(of: row, as: Double.self)[k]
          : Double(unsafe start(of: row, as: Float.self)[k])
        guard x.magnitude <= largest else {
          if x.isNaN { return .nan }
          largest = x.magnitude
          continue
        }
      }
    }
    return largest
  }

  /// Replaces a row, or appends one at `count`.
  package mutating func set(_ row: Int, to vector: [Double]) {
    precondition(row >= 0 && row <= count, "row \(row) of \(count)")
    precondition(
      vector.count == dimension, "a vector of \(vector.count) coordinates, not \(dimension)")
    own(rows: row + 1)
    for k in 0..<dimension {
      if isDouble {
        unsafe start(of: row, as: Double.self)[k] = vector[k]
      } else {
        unsafe start(of: row, as: Float.self)[k] = Float(vector[k])
      }
    }
    count = max(count, row + 1)
  }

  /// Removes a row, whose place the last one takes.
  package mutating func remove(_ row: Int) {
    precondition(row >= 0 && row < count, "row \(row) of \(count)")
    if row < count - 1 { set(row, to: self[count - 1]) }
    count -= 1
  }

  /// Makes the memory this value's own, with room for `rows` rows.
  private mutating func own(rows: Int) {
    let capacity = capacity
    let wanted = rows > capacity ? max(rows, 2 * capacity) : capacity
    switch storage {
    case .single(var memory):
      storage = .double(AlignedMemory(count: 0))
      own(&memory, elements: wanted * stride)
      storage = .single(memory)
    case .double(var memory):
      storage = .single(AlignedMemory(count: 0))
      own(&memory, elements: wanted * stride)
      storage = .double(memory)
    }
  }

  private func own<Element>(_ memory: inout AlignedMemory<Element>, elements: Int) {
    guard elements > memory.count else {
      if !isKnownUniquelyReferenced(&memory) { memory = memory.copy() }
      return
    }
    let larger = AlignedMemory<Element>(count: elements)
    unsafe larger.start.update(from: memory.start, count: memory.count)
    memory = larger
  }
}
