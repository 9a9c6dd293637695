import CImageCodecs
import Foundation

/// Where encoders put their bytes.
protocol ByteSink: AnyObject {
  /// The name that errors give the target.
  var name: String { get }
  /// Takes bytes; returns 0 or an errno value.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Int32
}

/// Keeps the bytes in memory.
final class MemorySink: ByteSink {
  let name = "image in memory"
  private(set) var bytes: [UInt8] = []

  func receive(_ more: UnsafeRawBufferPointer) -> Int32 {
    bytes.append(contentsOf: more)
    return 0
  }
}

/// Carries a sink through C as an opaque pointer; must outlive the C handle that holds it.
final class SinkBox {
  let sink: any ByteSink

  init(_ sink: any ByteSink) { self.sink = sink }

  var cSink: jc_sink {
    jc_sink(
      write: { context, bytes, count in
        guard let context else { return EINVAL }
        let box = Unmanaged<SinkBox>.fromOpaque(context).takeUnretainedValue()
        return box.sink.receive(UnsafeRawBufferPointer(start: bytes, count: count))
      },
      context: Unmanaged.passUnretained(self).toOpaque())
  }
}
