import Federation
import Foundation
import XMLCoder

/// The XML of the Route 53 API, version 2013-04-01. The order of properties is the order of elements, which it minds.
enum Route53XML {
  static let namespace = "https://route53.amazonaws.com/doc/2013-04-01/"

  static func encode(_ value: some Encodable, as root: String) throws -> [UInt8] {
    [UInt8](
      try XMLEncoder().encode(
        value, withRootKey: root, rootAttributes: ["xmlns": namespace], header: XMLHeader(version: 1.0)))
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) -> Value? {
    // Values with quotes come in pieces, between which blanks must stay.
    try? XMLDecoder(trimValueWhitespaces: false, removeWhitespaceElements: true).decode(type, from: Data(body))
  }

  /// One record set, as it is listed and as it is changed.
  struct RecordSet: Codable {
    var Name: String
    var `Type`: String
    var SetIdentifier: String?
    var Weight: Int?
    var Region: String?
    var Failover: String?
    var MultiValueAnswer: Bool?
    var TTL: UInt32?
    var ResourceRecords: Records?
    var AliasTarget: Alias?
  }

  struct Records: Codable { var ResourceRecord: [Record] }
  struct Record: Codable { var Value: String }
  struct Alias: Codable { var DNSName: String }

  struct ListResponse: Decodable {
    var ResourceRecordSets: Sets
    var IsTruncated: Bool
    var NextRecordName: String?
    var NextRecordType: String?
    var NextRecordIdentifier: String?

    struct Sets: Decodable { var ResourceRecordSet: [RecordSet]? }
  }

  struct ChangeRequest: Encodable {
    var ChangeBatch: Batch

    struct Batch: Encodable {
      var Comment: String
      var Changes: List
    }

    struct List: Encodable { var Change: [Route53XML.Change] }
  }

  struct Change: Codable {
    var Action: String
    var ResourceRecordSet: RecordSet
  }

  struct ChangeResponse: Decodable {
    var ChangeInfo: Info

    struct Info: Decodable {
      var Id: String
      var Status: String
    }

    /// Without the `/change/` before it.
    var id: String? { ChangeInfo.Id.split(separator: "/").last.map { cleanText(String($0), limit: 64) } }
    /// How far it is; nil for a word that is none of Route 53's.
    var acknowledgement: Acknowledgement? { Acknowledgement(rawValue: ChangeInfo.Status) }
  }

  /// How much there may be of something, and how much there is.
  struct LimitResponse: Decodable {
    var Count: Int
    var Limit: Most

    struct Most: Decodable { var Value: Int }
  }

  struct HostedZone: Decodable {
    var Id: String
    var Name: String
    var Config: Settings?

    struct Settings: Decodable { var PrivateZone: Bool? }
  }

  struct ZonesByName: Decodable {
    var HostedZones: List
    var IsTruncated: Bool?
    var NextDNSName: String?
    var NextHostedZoneId: String?

    struct List: Decodable { var HostedZone: [Route53XML.HostedZone]? }
  }

  struct ZoneResponse: Decodable {
    var HostedZone: Route53XML.HostedZone
    var DelegationSet: Delegation?

    struct Delegation: Decodable { var NameServers: Servers }
    struct Servers: Decodable { var NameServer: [String]? }
  }

  struct CreateZone: Encodable {
    var Name: String
    var CallerReference: String
  }

  /// Every error but the next.
  struct ErrorResponse: Decodable {
    var Error: Detail

    struct Detail: Decodable {
      var Code: String
      var Message: String?
    }
  }

  /// What is wrong with a batch.
  struct InvalidBatch: Decodable {
    var Messages: List?

    struct List: Decodable { var Message: [String]? }
  }
}
