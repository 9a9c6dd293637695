import Pipeline

/// A plan of kernels for people.
struct KernelPlanTable {
  var plan: KernelPlan
  /// Whether to show what is missing only.
  var isBrief = false

  var text: String {
    var lines: [String] = []
    if !isBrief {
      for image in plan.images {
        lines.append("\(image.productID)  \(image.target)  \(text(image.time))")
      }
    }
    for need in isBrief ? plan.needs.filter({ $0.state == .missing }) : plan.needs {
      lines.append("\(mark(need.state)) \(need.role.title)")
      if !isBrief { lines += need.servers.flatMap(servers) }
      if need.state == .builtIn {
        lines.append("    the numbers of juno_junocam_v03.ti are built in")
      }
      lines += gaps(need)
      lines += need.suggestions.map { suggestion in
        "    get \(suggestion.folder)\(suggestion.name)"
          + (suggestion.note.map { "  (\($0))" } ?? "")
      }
    }
    lines += plan.faults.map { "! \($0)" }
    if !isBrief { lines += plan.warnings.map { "! \($0)" } }
    return lines.joined(separator: "\n")
  }

  private func mark(_ state: KernelPlan.State) -> String {
    switch state {
    case .served: "have"
    case .builtIn: "have"
    case .outdated: "old "
    case .missing: "MISS"
    }
  }

  private func servers(_ server: KernelPlan.Server) -> [String] {
    let shown = server.coverage.prefix(4).map { "      " + text($0) }
    let hidden = server.coverage.count - shown.count
    return ["    \(server.file)"] + shown + (hidden > 0 ? ["      and \(hidden) more"] : [])
  }

  /// Gaps by what is missing; those of many images are counted.
  private func gaps(_ need: KernelPlan.Need) -> [String] {
    let shown = need.gaps.prefix(6).map { gap in
      "    \(need.state == .outdated ? "ends before" : "lacks") \(gap.subject), "
        + "\(text(gap.time)), for \(gap.productID)"
    }
    let hidden = need.gaps.count - shown.count
    return shown + (hidden > 0 ? ["    and \(hidden) more gaps"] : [])
  }

  private func text(_ interval: KernelPlan.Interval) -> String {
    "\(interval.start) to \(interval.stop)"
  }
}
