// swift-tools-version: 6.2
import PackageDescription

// A house with floors: a room imports only rooms on floors below its own, never a sibling.
// `Sources/Patterns` is module `HopfieldPatterns`; `Scripts/check-imports` holds the
// sources against this list.

let package = Package(
  name: "swift-hopfield",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Hopfield", targets: ["Hopfield"]),
    .library(name: "HopfieldFormats", targets: ["HopfieldFormats"]),
    .executable(name: "hopfield", targets: ["HopfieldCommandLine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // MARK: Floor 0 — the machine
    .target(name: "CKernels"),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CZip", pkgConfig: "libzip",
      providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),

    // MARK: Floor 1 — arithmetic, ink, formulas
    room("Kernels", on: ["CKernels"]),
    room("LinearAlgebra", on: ["COpenBLAS"]),
    room("Plots", on: []),
    room("Theory", on: []),

    // MARK: Floor 2 — what is stored; what it means to recall
    room("Patterns", on: ["Kernels"]),
    room("Energy", on: ["Kernels"]),

    // MARK: Floor 3 — sibling networks and file formats
    room("Classical", on: ["Energy", "Kernels", "LinearAlgebra", "Patterns", "Theory"]),
    room("Modern", on: ["Energy", "Kernels", "Theory"]),
    room("Dense", on: ["Energy", "Kernels", "Patterns"]),
    room("Graded", on: ["Energy", "Kernels", "Patterns"]),
    room("Formats", on: ["CPNG", "CZip"]),

    // MARK: Floor 4 — what is built on the networks
    room(
      "Experiments",
      on: [
        "Classical", "Dense", "Energy", "Graded", "Kernels", "Modern", "Patterns", "Plots",
        "Theory",
      ]),

    // MARK: Floor 5 — what users import
    .target(
      name: "Hopfield",
      dependencies: [
        "HopfieldClassical", "HopfieldDense", "HopfieldEnergy", "HopfieldExperiments",
        "HopfieldGraded", "HopfieldModern", "HopfieldPatterns", "HopfieldPlots",
        "HopfieldTheory",
      ],
      swiftSettings: settings()),

    // MARK: Floor 7 — the executable
    .executableTarget(
      name: "HopfieldCommandLine",
      dependencies: [
        "Hopfield", "HopfieldFormats",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/CommandLine",
      exclude: ["Resources/README.md"],
      resources: [
        .embedInCode("Resources/optdigits.grey"), .embedInCode("Resources/semeion.bits"),
      ],
      swiftSettings: settings()),

    // MARK: Examples
    .executableTarget(
      name: "FirstRecall", dependencies: ["Hopfield"], path: "Examples/FirstRecall",
      swiftSettings: settings()),

    .executableTarget(
      name: "HopfieldToAttention", dependencies: ["Hopfield"],
      path: "Examples/HopfieldToAttention", swiftSettings: settings()),

    // MARK: Tests mirror Sources
    .target(
      name: "TestSupport", dependencies: ["HopfieldEnergy", "HopfieldPatterns"],
      path: "Tests/TestSupport", exclude: ["Golden"], swiftSettings: settings()),
    tests("Kernels", seeing: ["Patterns"]),
    tests("LinearAlgebra"),
    tests("Plots"),
    tests("Theory"),
    tests("Patterns", seeing: ["Kernels"]),
    tests("Energy", seeing: ["Patterns", "Classical"]),
    tests("Classical", seeing: ["Energy", "Kernels", "Patterns"]),
    tests("Modern", seeing: ["Energy", "Kernels"], fixtures: true),
    tests("Dense", seeing: ["Energy", "Kernels", "Patterns", "Classical"]),
    tests("Graded", seeing: ["Energy", "Patterns", "Classical"]),
    tests("Formats", fixtures: true),
    tests("Experiments", seeing: ["Classical", "Energy", "Patterns", "Plots", "Theory"]),
  ]
)

/// The room in `Sources/<name>`, module `Hopfield<name>`, and the rooms below that it may import.
func room(_ name: String, on below: [String]) -> Target {
  .target(
    name: "Hopfield\(name)",
    dependencies: below.map { .byName(name: moduleName($0)) },
    path: "Sources/\(name)",
    swiftSettings: settings())
}

/// C modules keep their name; rooms carry the prefix.
func moduleName(_ room: String) -> String {
  let isC = room.hasPrefix("C") && room.dropFirst().first!.isUppercase
  return isC ? room : "Hopfield\(room)"
}

/// The tests of the room `name`, with whatever else they look at.
func tests(_ name: String, seeing others: [String] = [], fixtures: Bool = false) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: (["TestSupport"] + ([name] + others).map(moduleName)).map { .byName(name: $0) },
    path: "Tests/\(name)Tests",
    resources: fixtures ? [.copy("Fixtures")] : [],
    swiftSettings: settings())
}

/// Memory-safe by declaration, and the language that Swift 7 will speak.
func settings() -> [SwiftSetting] {
  [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]
}
