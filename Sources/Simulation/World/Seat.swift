/// A zone where a simulated cluster stands.
struct Seat {
  var region: String
  var zone: String
  /// The network of its load balancers; nil takes one made up from its number.
  var network: UInt32?
  /// Where `mynamespace/nginx` is served; nil where it has no ready endpoints at the start.
  var nginxAddress: String?

  /// The thirteen clusters of the original document's example.
  static let table: [Seat] = [
    Seat(region: "asia-east1", zone: "asia-east1-a", network: 0x82D3_3900, nginxAddress: "130.211.57.243"),
    Seat(region: "asia-east1", zone: "asia-east1-b", network: 0x82D3_3A00),
    Seat(region: "asia-east1", zone: "asia-east1-c", network: 0x82D3_3800, nginxAddress: "130.211.56.221"),
    Seat(region: "europe-west1", zone: "europe-west1-b", network: 0x68C7_8000),
    Seat(region: "europe-west1", zone: "europe-west1-c", network: 0x68C7_8100),
    Seat(region: "europe-west1", zone: "europe-west1-d", network: 0x68C7_8200),
    Seat(region: "us-central1", zone: "us-central1-a", network: 0x68C5_F700, nginxAddress: "104.197.247.191"),
    Seat(region: "us-central1", zone: "us-central1-b", network: 0x68C5_F400, nginxAddress: "104.197.244.180"),
    Seat(region: "us-central1", zone: "us-central1-c", network: 0x68C5_F500, nginxAddress: "104.197.245.170"),
    Seat(region: "us-central1", zone: "us-central1-f", network: 0x68C5_F600),
    Seat(region: "us-east1", zone: "us-east1-b", network: 0x68C4_2000),
    Seat(region: "us-east1", zone: "us-east1-c", network: 0x68C4_2100),
    Seat(region: "us-east1", zone: "us-east1-d", network: 0x68C4_2200),
  ]

  /// The seat of a number: those of the table first, then three zones in each further region.
  static func at(_ index: Int) -> Seat {
    if index < table.count { return table[index] }
    let further = index - table.count
    let parts = ["us-west", "europe-north", "asia-south", "southamerica-east", "africa-south", "australia-southeast"]
    let place = further / 3
    let region = "\(parts[place % parts.count])\(place / parts.count + 1)"
    return Seat(region: region, zone: "\(region)-\(["a", "b", "c"][further % 3])")
  }
}
