import DNS
import DNSProviders
import Federation
import Foundation
import JSON
import Testing

/// Google's own client for Python against the fake: whether the fake speaks as Cloud DNS does is not for us to say.
///
/// `ZONETOP_PYTHON` names an interpreter that has `google-api-python-client`; without it that of `Tests/Beds/python-tools` and `python3` are tried.
struct GoogleClientTests {
  private static let python: String? = {
    let named = ProcessInfo.processInfo.environment["ZONETOP_PYTHON"]
    let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    let ours = "\(home)/.cache/zonetop-beds/python/bin/python"
    return [named, ours, "/usr/bin/python3"].compactMap { $0 }.first {
      (try? output($0, ["-c", "import googleapiclient.discovery, google_auth_httplib2"]))?.status == 0
    }
  }()

  private static func output(_ program: String, _ words: [String]) throws -> (status: Int32, text: [UInt8]) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, [UInt8](data))
  }

  @Test(
    .enabled(
      if: python != nil,
      "no Python with google-api-python-client: pip install it and set ZONETOP_PYTHON to that interpreter"))
  func theFakeServesGooglesOwnClient() async throws {
    let python = try #require(Self.python)
    // That client looks at the real clock.
    let time = SteppedTime(Timestamp(seconds: Int64(Date().timeIntervalSince1970)))
    try await CloudDNSBed.run(at: time) { bed in
      let script = bed.folder.appending(path: "client.py").path
      try Self.script.write(toFile: script, atomically: true, encoding: .utf8)
      let subject = bed.folder.appending(path: "subject")
      try bed.cloud.look(\.tokens.subjectToken).write(to: subject, atomically: true, encoding: .utf8)
      let external = GoogleFederationTests.external(bed, ["file": .string(subject.path)])
      let words = [
        script, try bed.write(external, to: "external.json"), bed.folder.appending(path: "key.json").path, bed.endpoint,
      ]
      let result = try await Task.detached { try Self.output(python, words) }.value
      let text = String(decoding: result.text, as: UTF8.self)
      try #require(result.status == 0, "\(text)")
      let json = try JSONValue.parse(result.text)
      #expect(json["status"] == "pending")
      #expect(json["later"] == "done")
      #expect(json["zones"] == ["example-com"])
      #expect(json["federated"] == ["example-com"], "with an identity from elsewhere")
      #expect(json["names"] == ["a.example.com. A", "example.com. NS", "example.com. SOA", "t.example.com. TXT"])
      #expect(json["pages"] == 4)
      #expect(json["inexact"] == [412, "conditionNotMet"])
      #expect(json["again"] == [409, "alreadyExists"])
      #expect(json["absent"] == [404, "notFound"])
      #expect(json["alias"] == [400, "cnameResourceRecordSetConflict"])
      let contents = try await bed.provider().readZone()
      #expect(contents.recordSets.map(\.values) == [["192.0.2.1", "192.0.2.2"], ["two words"]])
    }
  }

  private static let script = """
    import json, sys
    from google.auth import identity_pool
    from google.oauth2 import service_account
    from googleapiclient.discovery import build
    from googleapiclient.errors import HttpError

    external, key, endpoint = sys.argv[1:]
    scopes = ["https://www.googleapis.com/auth/ndev.clouddns.readwrite"]
    credentials = service_account.Credentials.from_service_account_file(key, scopes=scopes)

    def client(credentials):
        return build("dns", "v1", credentials=credentials, client_options={"api_endpoint": endpoint},
                     static_discovery=True, cache_discovery=False)

    def zone_names(dns):
        return [zone["name"] for zone in dns.managedZones().list(project="p1").execute()["managedZones"]]

    dns = client(credentials)
    place = {"project": "p1", "managedZone": "example-com"}

    def a(*values, ttl=60):
        return {"name": "a.example.com.", "type": "A", "ttl": ttl, "rrdatas": list(values)}

    def change(**body):
        return dns.changes().create(body=body, **place).execute()

    def refusal(**body):
        try:
            change(**body)
        except HttpError as error:
            return [error.resp.status, error.error_details[0]["reason"]]

    text = {"name": "t.example.com.", "type": "TXT", "ttl": 60, "rrdatas": ['"two words"']}
    done = change(additions=[a("192.0.2.1", "192.0.2.2"), text])
    # The zone says pending for a while, as Google's does.
    looks = 1
    later = dns.changes().get(changeId=done["id"], **place).execute()
    while later["status"] == "pending" and looks < 10:
        later = dns.changes().get(changeId=done["id"], **place).execute()
        looks += 1
    names, pages = [], 0
    request = dns.resourceRecordSets().list(maxResults=1, **place)
    while request is not None:
        page = request.execute()
        names += [set["name"] + " " + set["type"] for set in page["rrsets"]]
        pages += 1
        request = dns.resourceRecordSets().list_next(request, page)
    print(json.dumps({
        "status": done["status"], "later": later["status"], "names": names, "pages": pages,
        "zones": zone_names(dns),
        "federated": zone_names(client(identity_pool.Credentials.from_file(external, scopes=scopes))),
        "inexact": refusal(deletions=[a("192.0.2.1", "192.0.2.2", ttl=61)]),
        "again": refusal(additions=[a("192.0.2.9")]),
        "absent": refusal(deletions=[{**text, "name": "x.example.com."}]),
        "alias": refusal(additions=[{**text, "type": "CNAME", "rrdatas": ["a.example.com."]}]),
    }))
    """
}
