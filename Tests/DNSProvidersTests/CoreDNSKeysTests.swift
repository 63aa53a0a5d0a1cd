import DNS
import DNSProviders
import Federation
import Foundation
import Testing

/// What stands in etcd after a commit, and what CoreDNS makes of it.
@Suite(
  .enabled(
    if: Bed.has("etcd", "etcdctl"), "there is no etcd on this machine (apt-get install etcd-server etcd-client)"),
  BedTrait("etcd"))
struct CoreDNSKeysTests {
  @Test func whatAHandDidToZonetopsOwnKeysIsSeenAndPutRight() async throws {
    let hand = try EtcdHand.current
    let provider = try CoreDNSBed.provider([hand.url])
    let service = try TestService("damaged")
    let sets = [service.set("z1", .a, "192.0.2.1", "192.0.2.2"), service.alias("z2", to: "z1")]
    var batch = service.batch(nil, to: sets)
    try await provider.commit(batch)
    let (one, two) = (CoreDNSReader.path(sets[0].name), CoreDNSReader.path(sets[1].name))
    let before = try await hand.below("/skydns/com/example/z1") + hand.below("/skydns/com/example/z2")
    let damages: [EtcdHand.Edit] = [
      ("\(one)/zonetop-a-c0000201", Data(#"{"host":"192.0.2.1","ttl":180}"#.utf8)),
      ("\(one)/zonetop-a-c0000202", Data("{".utf8)), ("\(one)/zonetop-a-c0000202", nil),
      ("\(one)/zonetop-a-c0000202", Data(#"{"host":"192.0.2.9","ttl":180,"group":"\#(sets[0].name)"}"#.utf8)),
      ("\(one)/zonetop-a-old", Data("{".utf8)), (two, nil), ("\(two)/zonetop-cname", nil),
      ("\(two)/zonetop-cname", Data("{".utf8)), (two, Data(#"{"host":"z9.example.com","owner":"zonetop"}"#.utf8)),
    ]
    for damage in damages {
      try await hand.edit([damage])
      let found = try await provider.read(service.key, names: sets.map(\.name)).recordSets
      let zone = try await provider.readZone().recordSets.filter { $0.name.text.hasPrefix("damaged.") }
      #expect(zone == found, "\(damage.key)")
      // A key that says nothing to anybody hides nothing either; one that a CNAME answers without is none to miss.
      if !damage.key.hasSuffix("old"), damage.key != "\(two)/zonetop-cname" || damage.value != nil {
        #expect(found != sets, "\(damage.key)")
      }
      batch = service.batch(batch.next, from: found, to: sets)
      try await provider.commit(batch)
      let after = try await hand.below("/skydns/com/example/z1") + hand.below("/skydns/com/example/z2")
      #expect(after == before, "\(damage.key)")
    }
  }

  @Test func everyNameAnswersOnlyItsOwn() async throws {
    let hand = try EtcdHand.current
    let provider = try CoreDNSBed.provider([hand.url])
    let reader = CoreDNSReader(hand: hand)
    let service = try TestService("groups")
    // The mark, and two names, lie below the global name.
    let below = service.name().text
    let sets = [
      service.set(nil, .a, "192.0.2.1", "192.0.2.2"),
      RecordSet(name: DomainName(canonical: "a.\(below)"), type: .a, ttl: 180, values: ["192.0.2.3"]),
      RecordSet(name: DomainName(canonical: "zz.\(below)"), type: .a, ttl: 180, values: ["192.0.2.4"]),
      service.alias("z1", to: nil),
    ]
    try await provider.commit(service.batch(nil, to: sets))
    for set in sets.prefix(3) {
      let answer = try await reader.answer(Question(name: set.name, type: .a))
      let data = answer.answers.map(\.data)
      #expect(RecordSet(HeldRecordSet(name: set.name, type: .a, ttl: 180, data: data)) == set)
      #expect(try await reader.answer(Question(name: set.name, type: .txt)).answers.isEmpty)
    }
    // What the read-back asks: the CNAME itself, and the mark's text.
    let alias = try await reader.answer(Question(name: service.name("z1"), type: .cname))
    #expect(alias.answers.map(\.data) == [.cname(service.name())])
    let mark = try await reader.answer(Question(name: service.markName, type: .txt)).answers
    let strings = try #require(try await provider.read(service.key, names: []).marks[service.markName])
      .strings(at: service.markName)
    #expect(mark.count == 1)
    guard case .txt(let served)? = mark.first?.data else { return #expect(Bool(false), "no text") }
    #expect(String(decoding: served.joined(), as: UTF8.self) == strings.joined())
  }

  @Test func thePrefixIsAsCoreDNSHasIt() async throws {
    let hand = try EtcdHand.current
    let service = try TestService("prefixed")
    let set = service.set("z1", .a, "192.0.2.1")
    let provider = try CoreDNSBed.provider([hand.url], prefix: "dns/names/")
    try await provider.commit(service.batch(nil, to: [set]))
    #expect(try await provider.readZone().recordSets == [set])
    let keys = try await hand.below("/dns/names").map(\.key)
    #expect(keys.contains("/dns/names/com/example/z1/svc/myfederation/mynamespace/prefixed/zonetop-a-c0000201"))
    #expect(try await CoreDNSBed.provider([hand.url]).read(service.key, names: [set.name]).recordSets.isEmpty)
  }

  @Test func namesThatCoreDNSTakesForWildcardsAreRefused() async throws {
    let provider = try CoreDNSBed.provider([try EtcdHand.current.url])
    let service = try TestService("any")
    let error = await CoreDNSBed.refusal {
      try await provider.commit(service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")]))
    }
    #expect(error?.code == .refused)
    #expect(error?.description.contains("wildcards") == true)
    #expect(try await provider.read(service.key, names: [service.name()]) == ZoneContents(recordSets: []))
  }

  @Test func etcdctlSeesTheKeysThatCoreDNSExpects() async throws {
    let hand = try EtcdHand.current
    let service = try TestService("nginx")
    let batch = service.batch(
      nil,
      to: [service.set("z1", .a, "192.0.2.1"), service.set("z1", .aaaa, "2001:db8::1"), service.alias("z2", to: "z1")])
    try await CoreDNSBed.provider([hand.url]).commit(batch)
    let name = "nginx.mynamespace.myfederation.svc"
    #expect(
      try await hand.etcdctl("get", "--prefix", "/skydns/com/example/z1/svc/myfederation/mynamespace/nginx") == """
        /skydns/com/example/z1/svc/myfederation/mynamespace/nginx/zonetop-a-c0000201
        {"group":"\(name).z1.example.com","host":"192.0.2.1","ttl":180}
        /skydns/com/example/z1/svc/myfederation/mynamespace/nginx/zonetop-aaaa-20010db8000000000000000000000001
        {"group":"\(name).z1.example.com","host":"2001:db8::1","ttl":180}

        """)
    let value = #"{"group":"\#(name).z2.example.com","host":"\#(name).z1.example.com.""#
    #expect(
      try await hand.etcdctl("get", "--prefix", "/skydns/com/example/z2/svc/myfederation/mynamespace/nginx") == """
        /skydns/com/example/z2/svc/myfederation/mynamespace/nginx
        \(value),"owner":"zonetop","ttl":180}
        /skydns/com/example/z2/svc/myfederation/mynamespace/nginx/zonetop-cname
        \(value),"ttl":180}

        """)
    #expect(
      try await hand.etcdctl("get", "--prefix", "/skydns/com/example/svc/myfederation/mynamespace/nginx/_zonetop")
        .contains(#""text":"heritage=zonetopfederation=myfederationgeneration=1writer=test/1sets="#))
  }
}
