import APIServer
import Federation
import JSON

/// The objects that a simulated cluster is made of.
enum SimulatedObjects {
  static func namespace(_ name: String) -> JSONValue { ["metadata": ["name": .string(name)]] }

  static func node(_ index: Int, cluster: String, region: String) -> JSONValue {
    let name = "gke-\(cluster)-node-\(index)"
    return [
      "metadata": [
        "name": .string(name),
        "labels": [
          "kubernetes.io/hostname": .string(name), "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
          "topology.kubernetes.io/region": .string(region), "topology.kubernetes.io/zone": .string(cluster),
        ],
      ],
      "spec": ["providerID": .string("simulated://\(cluster)/\(name)")],
      "status": [
        "conditions": [["type": "Ready", "status": "True", "reason": "KubeletReady"]],
        "addresses": [["type": "InternalIP", "address": .string("10.128.0.\(index + 2)")]],
        "nodeInfo": [
          "kubeletVersion": "v1.32.0", "osImage": "Simulated", "kernelVersion": "6.1", "operatingSystem": "linux",
          "containerRuntimeVersion": "containerd://1.7", "architecture": "amd64", "bootID": "", "machineID": "",
          "systemUUID": "", "kubeProxyVersion": "",
        ],
      ],
    ]
  }

  /// - Parameter address: the load balancer's address; nil leaves the status to whoever allocates one.
  static func service(_ key: ServiceKey, address: String?) -> JSONValue {
    var service: JSONValue = [
      "metadata": [
        "name": .string(key.name), "namespace": .string(key.namespace), "labels": ["app": .string(key.name)],
      ],
      "spec": [
        "type": "LoadBalancer", "selector": ["app": .string(key.name)],
        "ports": [["name": "http", "port": 80, "protocol": "TCP", "targetPort": 80]],
      ],
    ]
    if let address { service["status"] = ["loadBalancer": ["ingress": [["ip": .string(address)]]]] }
    return service
  }

  static func deployment(_ key: ServiceKey, replicas: Int) -> JSONValue {
    [
      "metadata": [
        "name": .string(key.name), "namespace": .string(key.namespace), "labels": ["app": .string(key.name)],
      ],
      "spec": [
        "replicas": .integer(Int64(replicas)), "selector": ["matchLabels": ["app": .string(key.name)]],
        "template": [
          "metadata": ["labels": ["app": .string(key.name)]],
          "spec": ["containers": [["name": "nginx", "image": "nginx:1.27", "ports": [["containerPort": 80]]]]],
        ],
      ],
    ]
  }
}
