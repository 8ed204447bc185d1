import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A picture read back: its elements in order, as a parser of XML that is not ours sees them.
final class Picture: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
    /// The names of the elements around it, from the root.
    var parents: [String]
    /// The attributes of the groups around it and its own, which go before.
    var style: [String: String]

    func number(_ attribute: String) -> Double { Double(attributes[attribute] ?? "") ?? .nan }
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// Nil if the text is not well-formed.
  init?(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func elements(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The texts shown, those in `tspan` included.
  var texts: [String] { elements("text").map(\.text) }

  /// The commands of the paths whose style has this value.
  func paths(_ property: String, _ value: String) -> [String] {
    elements("path").filter { $0.style[property] == value }.map { $0.attributes["d"] ?? "" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    let around = open.last.map { elements[$0].style } ?? [:]
    elements.append(
      Element(
        name: name, attributes: attributes, parents: open.map { elements[$0].name },
        style: around.merging(attributes) { $1 }))
    open.append(elements.count - 1)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    for index in open { elements[index].text += string }
  }
}

extension String {
  /// All numbers in the text, as they are written.
  var numbers: [Substring] { matches(of: /-?[0-9]+(\.[0-9]+)?/).map(\.output.0) }
}
