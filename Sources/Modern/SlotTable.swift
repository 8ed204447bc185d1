/// Which row holds which memory: rows stay without gaps while memories keep their indices.
struct SlotTable: Sendable {
  private var rowOfSlot: [Int?]
  private(set) var slotOfRow: [Int]

  init(count: Int) {
    rowOfSlot = (0..<count).map { $0 }
    slotOfRow = Array(0..<count)
  }

  func row(of slot: Int) -> Int? { rowOfSlot.indices.contains(slot) ? rowOfSlot[slot] : nil }

  var inUse: [Int] { rowOfSlot.indices.filter { rowOfSlot[$0] != nil } }

  /// The slot of a new last row: the lowest free one.
  mutating func add() -> Int {
    // Without a gap there are as many slots as rows.
    let slot =
      rowOfSlot.count == slotOfRow.count
      ? rowOfSlot.count : rowOfSlot.firstIndex { $0 == nil } ?? rowOfSlot.count
    if slot == rowOfSlot.count { rowOfSlot.append(nil) }
    rowOfSlot[slot] = slotOfRow.count
    slotOfRow.append(slot)
    return slot
  }

  /// Frees a slot; the last row moves into its row.
  mutating func remove(_ slot: Int) {
    let row = rowOfSlot[slot]!
    slotOfRow.swapRemove(row)
    if row < slotOfRow.count { rowOfSlot[slotOfRow[row]] = row }
    rowOfSlot[slot] = nil
  }
}

extension Array {
  /// Removes the element at `index`; the last one takes its place.
  mutating func swapRemove(_ index: Int) {
    self[index] = self[count - 1]
    removeLast()
  }
}
