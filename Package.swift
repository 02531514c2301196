// swift-tools-version: 6.2
import PackageDescription

/// Every target of our own: Swift 6 mode, explicit existentials, private imports, no warnings.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "kith",
  products: [
    .library(name: "Kith", targets: ["Kith"]),
    .executable(name: "kith", targets: ["KithShell"]),
  ],
  traits: [
    .trait(name: "LineEditing", description: "The interactive editor; needs libedit-dev."),
    .default(enabledTraits: ["LineEditing"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .target(name: "CEdit", dependencies: ["CLibedit"]),
    .target(name: "KithBase", swiftSettings: strict),
    .target(name: "KithLanguage", dependencies: ["KithBase"], swiftSettings: strict),
    .target(name: "KithModel", dependencies: ["KithBase"], swiftSettings: strict),
    .target(
      name: "KithPlan", dependencies: ["KithBase", "KithLanguage", "KithModel"],
      swiftSettings: strict),
    .target(
      name: "KithStore", dependencies: ["KithBase", "KithModel", "CSQLite", "CZlib"],
      swiftSettings: strict),
    .target(
      name: "KithRun", dependencies: ["KithBase", "KithModel", "KithPlan", "KithStore"],
      swiftSettings: strict),
    .target(name: "KithShow", dependencies: ["KithBase"], swiftSettings: strict),
    .target(
      name: "Kith",
      dependencies: [
        "KithBase", "KithLanguage", "KithModel", "KithPlan", "KithStore", "KithRun", "KithShow",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "KithShell",
      dependencies: [
        "Kith", "KithBase", "KithLanguage", "KithModel", "KithPlan", "KithShow", "KithStore",
        .target(name: "CEdit", condition: .when(traits: ["LineEditing"])),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "KithTests",
      dependencies: [
        "Kith", "KithBase", "KithLanguage", "KithModel", "KithPlan", "KithStore", "KithRun",
        "KithShow", "KithShell",
      ],
      swiftSettings: strict),
  ]
)
