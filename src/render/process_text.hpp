// The programs on accelerators for people: one table, and what it does not show.
#pragma once

#include <span>
#include <string>

#include "render/page.hpp"
#include "render/process_document.hpp"
#include "render/process_fields.hpp"

namespace accel::render {

/// The usual columns, of which those that say nothing of any program are left out.
[[nodiscard]] std::string processes_text(const ProcessReport& report,
                                         std::span<const ProcessRow> rows, Look look);
/// The columns that were asked for.
[[nodiscard]] std::string processes_text(const ProcessReport& report,
                                         std::span<const ProcessField* const> fields,
                                         std::span<const ProcessRow> rows, Look look);

/// "hidden: 2 processes that this user may not look at"; empty where nothing is hidden.
[[nodiscard]] std::string hidden_text(const HiddenPrograms& hidden);

}  // namespace accel::render
