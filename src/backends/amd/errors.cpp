// Errors of memory and of the other blocks of the chip that count theirs.
#include <array>
#include <string>

#include "backends/amd/ras.hpp"
#include "backends/amd/readings.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

using base::Dir;

constexpr const char* kMemory = "umc_err_count";

struct Block {
  int number;
  std::string_view file;
};

// enum amdgpu_ras_block in amdgpu_ras.h; 0 is the memory controller, which counts as ECC.
constexpr std::array kBlocks{
    Block{1, "sdma_err_count"},      Block{2, "gfx_err_count"},      Block{3, "mmhub_err_count"},
    Block{4, "athub_err_count"},     Block{5, "pcie_bif_err_count"}, Block{6, "hdp_err_count"},
    Block{7, "xgmi_wafl_err_count"}, Block{8, "df_err_count"},       Block{9, "smn_err_count"},
    Block{10, "sem_err_count"},      Block{11, "mp0_err_count"},     Block{12, "mp1_err_count"},
    Block{13, "fuse_err_count"},     Block{14, "mca_err_count"},     Block{15, "vcn_err_count"},
    Block{16, "jpeg_err_count"},     Block{17, "ih_err_count"},      Block{18, "mpio_err_count"},
};

Result<RasCounts> counts(const Dir& ras, std::string_view file) {
  const auto text = Sampling::rows(ras, file);
  if (!text) return text.error();
  auto parsed = parse_ras_counts(*text);
  if (!parsed) return annotate(ras.source(file), parsed.error());
  return parsed;
}

struct CountMetrics {
  const Metric<Count>& corrected;
  const Metric<Count>& uncorrected;
  const Metric<Count>& deferred;
};

void file_counts(Sampling& sampling, const Result<RasCounts>& counts, const std::string& source,
                 const CountMetrics& metrics, int instance) {
  const auto one = [&](std::int64_t number) {
    return sampling.reading<Count>(Count{number}, source);
  };
  if (!counts) {
    sampling.set(metrics.corrected, sampling.reading<Count>(counts.error(), source), instance);
    sampling.set(metrics.uncorrected, sampling.reading<Count>(counts.error(), source), instance);
    return;
  }
  sampling.set(metrics.corrected, one(counts->corrected), instance);
  sampling.set(metrics.uncorrected, one(counts->uncorrected), instance);
  if (counts->deferred) sampling.set(metrics.deferred, one(*counts->deferred), instance);
}

/// "feature mask: 0x3ffb": bit 0 is the memory controller's.
Reading<bool> ecc_mode(const Sampling& sampling, const Dir& ras) {
  const std::string source = ras.source("features");
  const auto text = Sampling::text(ras, "features");
  if (!text) return sampling.reading<bool>(text.error(), source);
  const auto at = text->rfind(' ');
  const auto mask =
      base::parse_hex(std::string_view(*text).substr(at == std::string::npos ? 0 : at + 1));
  if (!mask) return sampling.reading<bool>(annotate(source, mask.error()), source);
  return sampling.reading<bool>((*mask & 1U) != 0, source);
}

void read_bad_pages(Sampling& sampling, const Dir& ras) {
  const std::string source = ras.source("gpu_vram_bad_pages");
  // An empty list is a list.
  const auto text = ras.text("gpu_vram_bad_pages");
  auto pages = text ? parse_bad_pages(*text) : Result<BadPages>(text.error());
  if (text && !pages) pages = annotate(source, pages.error());
  if (!pages) {
    sampling.set(metric::pages_retired_uncorrected, sampling.reading<Count>(pages.error(), source));
    sampling.set(metric::page_retirement_pending, sampling.reading<bool>(pages.error(), source));
    return;
  }
  sampling.set(metric::pages_retired_uncorrected,
               sampling.reading<Count>(Count{pages->retired}, source));
  sampling.set(metric::page_retirement_pending, sampling.reading<bool>(pages->pending > 0, source));
}

}  // namespace

void read_errors(Sampling& sampling) {
  const Dir ras = sampling.device().child("ras");
  file_counts(sampling, counts(ras, kMemory), ras.source(kMemory),
              {metric::ecc_corrected, metric::ecc_uncorrected, metric::ecc_deferred}, kOnly);
  sampling.set(metric::ecc_mode, ecc_mode(sampling, ras));
  read_bad_pages(sampling, ras);
  for (const Block& block : kBlocks) {
    const auto counted = counts(ras, block.file);
    // A block without the file does not count: there are many such, and they are no news.
    if (!counted && counted.error().code == Errc::operation_not_supported) continue;
    file_counts(sampling, counted, ras.source(block.file),
                {metric::ras_corrected, metric::ras_uncorrected, metric::ras_deferred},
                block.number);
  }
}

}  // namespace accel::amd
