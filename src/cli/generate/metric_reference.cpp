// docs/metrics.md: every metric, from include/accel/metrics.inc.
#include "accel/metric.hpp"
#include "cli/generate/generate.hpp"
#include "cli/generate/words.hpp"

namespace accel::cli {
namespace {

/// `accel_fan_ratio{fan}`, or a dash for a metric that only documents have.
std::string prometheus_name(const MetricRow& row) {
  if (row.family.empty()) return "–";
  std::string labels(row.labels);
  if (!row.instance_label.empty()) {
    labels.append(labels.empty() ? "" : ",").append(row.instance_label);
  }
  std::string text = "`accel_" + std::string(row.family);
  if (!labels.empty()) text += "{" + labels + "}";
  return text + "`";
}

}  // namespace

std::string metric_reference() {
  std::string page =
      "# Metrics\n\n"
      "<!-- Written by `accel generate metrics-md` from include/accel/metrics.inc; do not edit. "
      "-->\n\n"
      "Each is a reading of a device: a value, or the reason why there is none. `accel status "
      "--json` has them under their name, with that unit; `--query` and CSV use the same names and "
      "units. Metrics of which a device has several are numbered: `fan_speed.0`. A dash in the "
      "last column: not exported to Prometheus under a name of its own.\n\n"
      "| Name | Unit | Kind | Meaning | Prometheus |\n|---|---|---|---|---|\n";
  for (const MetricRow* row : metrics()) {
    page += "| `" + std::string(row->key) + (row->instance_label.empty() ? "" : ".N") + "` | " +
            std::string(row->unit) + " | " +
            (row->kind == MetricKind::counter ? "counter" : "gauge") + " | " +
            escaped(row->help, "|") + " | " + prometheus_name(*row) + " |\n";
  }
  return page;
}

}  // namespace accel::cli
