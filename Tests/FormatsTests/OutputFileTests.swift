import Foundation
import HopfieldFormats
import Testing

@Suite struct OutputFileTests {
  private let bytes = Array("recalled\n".utf8)

  @Test("A file is made, and replaced keeping its permissions")
  func replaces() throws {
    try withTemporaryDirectory { directory in
      let file = directory + "/a.txt"
      try OutputFile.write([1, 2, 3], to: file)
      #expect(try contents(file) == [1, 2, 3])
      try setPermissions(0o640, of: file)
      try OutputFile.write(bytes, to: file)
      #expect(try contents(file) == bytes)
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode == 0o640)
      try OutputFile.write([], to: file)
      #expect(try contents(file).isEmpty)
      #expect(try names(in: directory) == ["a.txt"])
    }
  }

  @Test("A new file has the permissions that the mask leaves")
  func umaskHolds() throws {
    try withTemporaryDirectory { directory in
      let descriptor = try openDescriptor(directory + "/opened", O_CREAT | O_WRONLY)
      close(descriptor)
      try OutputFile.write(bytes, to: directory + "/ours")
      func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: directory + "/" + name)[.posixPermissions]
          as? Int
      }
      #expect(try mode("ours") == mode("opened"))
    }
  }

  @Test("A symbolic link stays, and its target is written, also one that is not there yet")
  func links() throws {
    try withTemporaryDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: directory + "/d", withIntermediateDirectories: true)
      try write([1], to: directory + "/d/target")
      for (link, target) in [
        ("a", "d/target"), ("b", "a"), ("c", "d/new"), ("e", directory + "/d/other"),
      ] {
        try FileManager.default.createSymbolicLink(
          atPath: directory + "/" + link, withDestinationPath: target)
        try OutputFile.write(bytes + link.utf8, to: directory + "/" + link)
        #expect(try contents(directory + "/" + link) == bytes + link.utf8)
        #expect(
          try FileManager.default.destinationOfSymbolicLink(atPath: directory + "/" + link)
            == target)
      }
      #expect(try names(in: directory + "/d") == ["new", "other", "target"])
      #expect(try names(in: directory) == ["a", "b", "c", "d", "e"])
    }
  }

  @Test("A name as long as the file system allows")
  func longName() throws {
    try withTemporaryDirectory { directory in
      let name = String(repeating: "x", count: 255)
      try OutputFile.write(bytes, to: directory + "/" + name)
      #expect(try names(in: directory) == [name])
    }
  }

  @Test("A path without a directory", .enabled(if: unsafe access(".", W_OK) == 0))
  func relative() throws {
    let name = "formats-\(UUID().uuidString).tmp"
    try OutputFile.write(bytes, to: name)
    #expect(try contents(FileManager.default.currentDirectoryPath + "/" + name) == bytes)
    try FileManager.default.removeItem(atPath: name)
  }

  @Test("A pipe is written directly")
  func pipe() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/pipe"
      try makePipe(path)
      let descriptor = try openDescriptor(path, O_RDWR)  // both ends, so that neither side waits
      defer { close(descriptor) }
      try OutputFile.write(bytes, to: path)
      var buffer = [UInt8](repeating: 0, count: 64)
      let count = unsafe read(descriptor, &buffer, 64)
      #expect(Array(buffer.prefix(max(0, count))) == bytes)
      #expect(try names(in: directory) == ["pipe"])
    }
  }

  @Test("A path of a descriptor writes to what the descriptor is open for")
  func descriptor() throws {
    try withTemporaryDirectory { directory in
      let file = directory + "/redirected"
      let descriptor = try openDescriptor(file, O_CREAT | O_WRONLY)
      defer { close(descriptor) }
      try OutputFile.write([1], to: "/dev/fd/\(descriptor)")
      try OutputFile.write([2], to: "/dev/fd/\(descriptor)")
      #expect(try contents(file) == [1, 2])
      expectFailure(.cannotWrite, naming: "/dev/fd/1000") { () throws(FormatError) in
        try OutputFile.write(bytes, to: "/dev/fd/1000")
      }
    }
  }

  @Test(
    "A full device is an error", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDevice() throws {
    expectFailure(.cannotWrite, naming: "/dev/full", saying: "no space") { () throws(FormatError) in
      try OutputFile.write(bytes, to: "/dev/full")
    }
    try OutputFile.write([], to: "/dev/full")
    try OutputFile.write(bytes, to: "/dev/null")
  }

  @Test("After a failure the old contents stand and nothing lies beside them")
  func failureLeavesNothing() throws {
    try withTemporaryDirectory { directory in
      let file = directory + "/kept"
      try write([7], to: file)
      // The file-size limit makes a write fail in the middle, as a full disk does. It holds for
      // the process, so it is one that no other test comes near.
      var old = rlimit()
      try #require(unsafe getrlimit(fileSizeLimit, &old) == 0)
      let handler = signal(SIGXFSZ, SIG_IGN)
      var small = rlimit(rlim_cur: 32 << 20, rlim_max: old.rlim_max)
      try #require(unsafe setrlimit(fileSizeLimit, &small) == 0)
      let large = [UInt8](repeating: 1, count: 33 << 20)
      var result: FormatError?
      do throws(FormatError) { try OutputFile.write(large, to: file) } catch { result = error }
      _ = unsafe setrlimit(fileSizeLimit, &old)
      _ = signal(SIGXFSZ, handler)
      #expect(result?.category == .cannotWrite)
      #expect(result?.file == file)
      #expect(try contents(file) == [7])
      #expect(try names(in: directory) == ["kept"])
    }
  }

  @Test("A directory, a missing directory and a file in a path's middle are refused")
  func refused() throws {
    try withTemporaryDirectory { directory in
      try write([7], to: directory + "/file")
      for path in [directory, directory + "/", directory + "/no/file", directory + "/file/a", ""] {
        expectFailure(.cannotWrite, naming: path) { () throws(FormatError) in
          try OutputFile.write(bytes, to: path)
        }
      }
      #expect(try names(in: directory) == ["file"])
    }
  }

  @Test(
    "A read-only file or directory is left alone",
    .enabled(if: geteuid() != 0, "root may write anything"))
  func readOnly() throws {
    try withTemporaryDirectory { directory in
      let file = directory + "/file"
      try write([7], to: file)
      try setPermissions(0o400, of: file)
      expectFailure(.cannotWrite, naming: file, saying: "permission") { () throws(FormatError) in
        try OutputFile.write(bytes, to: file)
      }
      #expect(try contents(file) == [7])
    }
  }
}

#if canImport(Glibc)
  private let fileSizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#else
  private let fileSizeLimit = RLIMIT_FSIZE
#endif
