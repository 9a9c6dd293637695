/// Describes a picture in XMP (ISO 16684-1): Dublin Core, rights, the credit line of IPTC.
enum XMPPacket {
  /// The packet, nil if the caption says nothing.
  static func text(_ caption: ImageCaption) -> String? {
    guard !caption.texts.isEmpty else { return nil }
    var lines: [String] = []
    func add(_ element: String, _ value: String, _ wrap: (String) -> String) {
      if !value.isEmpty { lines.append("<\(element)>\(wrap(XML.escaped(value)))</\(element)>") }
    }
    let translated: (String) -> String = {
      "<rdf:Alt><rdf:li xml:lang=\"x-default\">\($0)</rdf:li></rdf:Alt>"
    }
    add("dc:title", caption.title, translated)
    add("dc:creator", caption.author) { "<rdf:Seq><rdf:li>\($0)</rdf:li></rdf:Seq>" }
    add("dc:rights", caption.copyright, translated)
    add("dc:description", caption.description, translated)
    add("photoshop:Credit", caption.credit) { $0 }
    add("xmp:CreatorTool", caption.software) { $0 }
    let body = lines.joined(separator: "\n")
    return """
      <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about=""
       xmlns:dc="http://purl.org/dc/elements/1.1/"
       xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
       xmlns:xmp="http://ns.adobe.com/xap/1.0/">
      \(body)
      </rdf:Description>
      </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="r"?>
      """
  }
}
