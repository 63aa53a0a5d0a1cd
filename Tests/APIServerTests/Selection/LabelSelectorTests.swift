import Testing

@testable import APIServer

@Suite struct LabelSelectorTests {
  @Test(arguments: [
    ("app=nginx", true), ("app==nginx", true), ("app!=nginx", false), ("app in (a,nginx),tier", true),
    ("app notin (nginx)", false), ("!app", false), ("!gone", true), ("gone", false), ("gone!=x", true), ("", true),
  ])
  func selects(_ text: String, _ expected: Bool) throws {
    #expect(try LabelSelector(text).matches(["app": "nginx", "tier": "web"]) == expected)
  }

  @Test(arguments: ["a b", "app in nginx", "=x", "app=(x)"])
  func refuses(_ text: String) {
    #expect(throws: APIError.self) { try LabelSelector(text) }
  }
}
