import Foundation
import Testing

@testable import ImageFormats

@Suite("Files that appear complete or not at all")
struct AtomicFileTests {
  @Test("A file is not there before commit, and is there after it")
  func commit() throws {
    let scratch = try Scratch()
    let url = scratch.url("a.bin")
    let file = try AtomicFile(replacing: url)
    try file.write([1, 2, 3])
    #expect(!FileManager.default.fileExists(atPath: url.path))
    try file.commit()
    #expect(try Data(contentsOf: url) == Data([1, 2, 3]))
    #expect(scratch.names == ["a.bin"])
  }

  @Test("A dropped file leaves nothing, and an old one stays as it was")
  func discard() throws {
    let scratch = try Scratch()
    let url = scratch.url("a.bin")
    try AtomicFile.write([9], to: url)
    do {
      let file = try AtomicFile(replacing: url)
      try file.write([1, 2, 3])
    }
    #expect(try Data(contentsOf: url) == Data([9]))
    #expect(scratch.names == ["a.bin"])
    try AtomicFile.write([8, 7], to: url)
    #expect(try Data(contentsOf: url) == Data([8, 7]))
  }

  @Test("An existing file is kept unless it may be overwritten, also one that came meanwhile")
  func noOverwrite() throws {
    let scratch = try Scratch()
    let url = scratch.url("a.bin")
    let early = try AtomicFile(replacing: url, overwrite: false)
    try early.write([5])
    try AtomicFile.write([9], to: url, overwrite: false)
    #expect(throws: ImageFormatError.exists(path: url.path)) {
      try AtomicFile.write([1], to: url, overwrite: false)
    }
    #expect(throws: ImageFormatError.exists(path: url.path)) { try early.commit() }
    #expect(try Data(contentsOf: url) == Data([9]))
    #expect(scratch.names == ["a.bin"])
  }

  @Test("A missing folder and a full disk are errors that say so")
  func failures() throws {
    let scratch = try Scratch()
    let url = scratch.url("no/such/a.bin")
    let error = #expect(throws: ImageFormatError.self) { try AtomicFile(replacing: url) }
    #expect(
      error == .notWritten(path: url.path, step: "create the file", code: ENOENT))
    #expect(error?.description.contains("Create the folder first") == true)
    #if os(Linux)
      let image = try Picture.make(100, 100, 3, .u8)
      let full = DeviceSink(path: "/dev/full")
      #expect(
        throws: ImageFormatError.notWritten(path: "/dev/full", step: "write the file", code: ENOSPC)
      ) {
        let writer = try PNGWriter(full, nil, 100, 100, 3, .u8, PNGOptions())
        if case .u8(let samples) = image.samples { try writer.append(samples) }
        try writer.finish()
      }
    #endif
  }

  @Test("A cancelled task writes no file")
  func cancellation() async throws {
    let scratch = try Scratch()
    let url = scratch.url("a.png")
    let image = try Picture.make(300, 300, 3, .u8)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try PNGWriter.write(image, to: url)
    }
    task.cancel()
    await #expect(throws: ImageFormatError.cancelled(path: url.path)) { try await task.value }
    #expect(scratch.names.isEmpty)
  }
}

#if os(Linux)
  /// A sink on a device file.
  private final class DeviceSink: ByteSink {
    let name: String
    private let descriptor: Int32

    init(path: String) {
      name = path
      descriptor = open(path, O_WRONLY)
    }

    deinit { close(descriptor) }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Int32 {
      Glibc.write(descriptor, bytes.baseAddress, bytes.count) < 0 ? errno : 0
    }
  }
#endif
