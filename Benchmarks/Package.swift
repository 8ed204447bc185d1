// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses the library resolves its dependencies. It sees
// public API only: what it measures is what users have.

let package = Package(
  name: "hopfield-benchmarks",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "hopfield-bench", targets: ["HopfieldBenchmarks"])
  ],
  dependencies: [
    .package(name: "swift-hopfield", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .target(name: "CLimits"),
    .executableTarget(
      name: "HopfieldBenchmarks",
      dependencies: [
        "CLimits",
        .product(name: "Hopfield", package: "swift-hopfield"),
        .product(name: "HopfieldFormats", package: "swift-hopfield"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Benchmarks",
      swiftSettings: [
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]),
  ]
)
