// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every target: Swift 6 mode, no warning survives, imports say what they use.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A floor of the house: the targets it may import are exactly the ones named here (see ARCHITECTURE.md).
func floor(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// The tests of one floor. `Support` folders hold what they share.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
    swiftSettings: settings)
}

let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
]
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "zonetop",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "zonetop", targets: ["zonetop"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/CoreOffice/XMLCoder", from: "0.18.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // C: one shim for each system library, imported by one target each.
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CCrypto", linkerSettings: [.linkedLibrary("crypto")]),

    // The pure floor: values and rules.
    floor("Federation"),

    // Wire formats and libraries behind one face.
    floor("JSON"),
    floor("Documents", [.product(name: "Yams", package: "Yams")]),
    floor("Cryptography", ["CCrypto"]),
    floor("HTTPTransport", ["CCurl"]),
    floor("DNS", ["Federation", "Cryptography"] + nio),
    floor(
      "Kubernetes",
      [
        "Federation", "JSON", "Documents", "HTTPTransport",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    floor(
      "DNSProviders",
      [
        "Federation", "DNS", "JSON", "HTTPTransport", "Cryptography", logging,
        .product(name: "XMLCoder", package: "XMLCoder"),
      ]),
    floor("Resolution", ["Federation", "DNS"]),

    // Servers and the controller.
    floor("NameServer", ["Federation", "DNS", "DNSProviders", logging] + nio),
    floor(
      "APIServer",
      [
        "JSON", "Documents", "Cryptography", logging,
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ] + nio),
    floor("Telemetry", [logging, .product(name: "Hummingbird", package: "hummingbird")]),
    floor("Observations", ["Federation", "Documents", "JSON"]),
    floor(
      "Control",
      ["Federation", "Documents", "JSON", "DNS", "Kubernetes", "DNSProviders", "Resolution", logging]),

    floor("Journal", ["Control", "Federation", "JSON", "Resolution"]),

    // What people see, and the world to show it on.
    floor("Terminal", ["CNcurses"]),
    floor("Fleet", ["Federation", "Control", "Resolution"]),
    // BuiltIn leads to Themes/, whose files become part of the program.
    floor(
      "Dashboard", ["Terminal", "Journal", "Control", "Federation", "Documents", "Resolution"],
      resources: [.embedInCode("Theming/BuiltIn")]),
    floor("Simulation", ["Federation", "JSON", "Documents", "APIServer", "NameServer", "DNS", logging] + nio),

    .executableTarget(
      name: "zonetop",
      dependencies: [
        "Dashboard", "Journal", "Simulation", "Fleet", "Control", "Observations", "NameServer", "Terminal",
        "DNSProviders", "Resolution", "Kubernetes", "Documents", "JSON", "Federation", "HTTPTransport", "DNS",
        "APIServer", "Telemetry",
        "Cryptography", logging,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "zonetop-bench",
      dependencies: [
        "Dashboard", "Fleet", "Control", "DNSProviders", "Kubernetes", "HTTPTransport", "JSON", "Federation", "DNS",
        "Resolution", "Terminal",
      ],
      swiftSettings: settings),
    tests("Federation"),
    tests("JSON"),
    tests("Documents"),
    tests("Cryptography"),
    tests("HTTPTransport"),
    tests("DNS", ["Federation", "Cryptography"]),
    tests("Kubernetes", ["Federation", "JSON", "HTTPTransport"]),
    tests(
      "DNSProviders",
      [
        "Federation", "DNS", "NameServer", "JSON", "HTTPTransport", "Cryptography",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "XMLCoder", package: "XMLCoder"),
      ]),
    tests("Resolution", ["Federation", "DNS", "NameServer", "DNSProviders"]),
    tests("NameServer", ["Federation", "DNS", "DNSProviders"]),
    tests("APIServer", ["JSON", "Cryptography"]),
    tests("Telemetry"),
    tests("Observations", ["Federation"]),
    tests(
      "Control",
      [
        "Federation", "JSON", "Kubernetes", "DNSProviders", "DNS", "NameServer", "Resolution", "Simulation",
        "Documents",
      ]),
    tests("Terminal"),
    tests("Fleet", ["Control", "Federation", "Resolution"]),
    tests("Journal", ["Control", "Federation", "Resolution", "JSON"]),
    tests(
      "Dashboard", ["Journal", "Terminal", "Control", "Federation", "Resolution", "Documents"],
      exclude: ["Snapshots"]),
    tests("Simulation", ["APIServer", "Federation", "DNS", "JSON"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["DNS", "Federation"],
      exclude: ["KubectlConformance/kubectl-conformance", "KubectlConformance/differences.txt"], swiftSettings: settings
    ),
  ]
)

// While one floor is worked on: `ZONETOP_FLOORS="APIServer Kubernetes" swift test` builds and tests only these floors and
// what they stand on; an executable is built when it is named.
if let wanted = Context.environment["ZONETOP_FLOORS"]?.split(separator: " ").map(String.init), !wanted.isEmpty {
  var kept: Set<String> = []
  var pending = wanted.flatMap { [$0, "\($0)Tests"] }
  while let name = pending.popLast() {
    guard kept.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else { continue }
    for dependency in target.dependencies {
      if case .byNameItem(let below, _) = dependency { pending.append(below) }
    }
  }
  package.targets.removeAll { !kept.contains($0.name) }
  if !kept.contains("zonetop") { package.products.removeAll() }
}
