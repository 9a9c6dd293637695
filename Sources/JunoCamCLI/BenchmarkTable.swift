import Benchmarking
import Products

/// A benchmark's report as a table for people.
struct BenchmarkTable {
  var report: BenchmarkReport

  var text: String {
    let head = """
      instruction level \(report.level) of \(report.levels.joined(separator: ", "))
      copy \(FixedNumber.text(report.copyGigabytesPerSecond, 1)) GB/s read and written, one thread
      """
    var parts = [head, part(.kernel, "kernel, one thread")]
    if let image = report.image {
      parts.append(part(.stage, "stage, \(report.jobs) threads, \(image)"))
    }
    return parts.joined(separator: "\n\n")
  }

  private func part(_ kind: BenchmarkRecord.Kind, _ title: String) -> String {
    let records = report.records.filter { $0.kind == kind }
    var rows = [[title, "ms", "Mpx/s", "GB/s", "of copy", "× scalar"]]
    for record in records {
      rows.append([
        record.name, FixedNumber.text(record.seconds * 1000, 1),
        record.megapixels > 0 ? FixedNumber.text(record.megapixelsPerSecond, 1) : "",
        record.gigabytesPerSecond.map { FixedNumber.text($0, 1) } ?? "",
        record.fractionOfCopy.map { FixedNumber.text($0 * 100, 0) + " %" } ?? "",
        record.ratioToScalar.map { FixedNumber.text($0, 2) } ?? "",
      ])
    }
    // Stages have no column of their own for rates of memory.
    if records.allSatisfy({ $0.gigabytesPerSecond == nil }) {
      for row in rows.indices { rows[row].removeSubrange(3...4) }
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + space : space + cell.0
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
