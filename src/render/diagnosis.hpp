// What `accel doctor` found, as the document `accel/doctor/1` and for people.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "accel/backend.hpp"
#include "accel/finding.hpp"
#include "render/csv.hpp"
#include "render/page.hpp"

namespace accel::render {

/// How far a vendor's back end was verified; no claim goes beyond it.
struct VendorLevel {
  std::string vendor;
  Verification verification = Verification::documented;
  std::string verified_on;
  int device_count = -1;  ///< -1 where no machine was looked at
};

struct Diagnosis {
  std::string simulated;
  std::vector<Finding> findings;
  std::vector<VendorLevel> vendors;
};

[[nodiscard]] Document doctor_document(const Diagnosis& diagnosis);
[[nodiscard]] Table doctor_table(const Diagnosis& diagnosis);
[[nodiscard]] std::string doctor_text(const Diagnosis& diagnosis, Look look);

/// A list of {vendor, verification, verified_on, devices?}.
[[nodiscard]] Document vendors_document(std::span<const VendorLevel> vendors);
/// The same as a table on a page.
void put_vendors(Page& page, std::span<const VendorLevel> vendors);

}  // namespace accel::render
