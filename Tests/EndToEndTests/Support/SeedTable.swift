/// The names that the demo's service has, as every provider is to hold them.
enum SeedTable {
  static let base = "nginx.mynamespace.myfederation.svc"
  static let zones = [
    "asia-east1-a", "asia-east1-b", "asia-east1-c", "europe-west1-b", "europe-west1-c", "europe-west1-d",
    "us-central1-a", "us-central1-b", "us-central1-c", "us-central1-f", "us-east1-b", "us-east1-c", "us-east1-d",
  ]
  static let healthy = [
    "asia-east1-a": "130.211.57.243", "asia-east1-c": "130.211.56.221", "us-central1-a": "104.197.247.191",
    "us-central1-b": "104.197.244.180", "us-central1-c": "104.197.245.170",
  ]

  /// `NAME TYPE VALUE` for every record, sorted; names without the dot at their end.
  static var lines: [String] {
    var lines = healthy.values.map { "\(base).example.com A \($0)" }
    for region in Set(zones.map { String($0.dropLast(2)) }) {
      let addresses = healthy.filter { $0.key.hasPrefix(region) }.values
      lines += addresses.map { "\(base).\(region).example.com A \($0)" }
      if addresses.isEmpty { lines.append("\(base).\(region).example.com CNAME \(base).example.com") }
    }
    for zone in zones {
      let name = "\(base).\(zone).example.com"
      lines.append(healthy[zone].map { "\(name) A \($0)" } ?? "\(name) CNAME \(base).\(zone.dropLast(2)).example.com")
    }
    return lines.sorted()
  }
}
