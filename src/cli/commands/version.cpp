// accel version: which build this is, and how far its back ends were verified.
#include "cli/commands/all.hpp"
#include "cli/context.hpp"
#include "cli/vendor_levels.hpp"
#include "render/diagnosis.hpp"

namespace accel::cli {
namespace {

constexpr Example kExamples[] = {
    {"accel version", "the version"},
    {"accel version -v", "and how far the back end of each vendor was verified"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "printed"},
    {ExitCode::usage, "the command line is wrong"},
};

render::Document document(const Context& context) {
  return render::Document::Object{
      {"schema", "accel/version/1"},
      {"simulated", {}},
      {"version", ACCEL_VERSION},
      {"vendors", render::vendors_document(vendor_levels(context.surroundings.backends))}};
}

ExitCode run(Context& context) {
  if (context.settings.format != Format::text) {
    context.out = Context::written(document(context), context.settings.format);
    return ExitCode::ok;
  }
  render::Page page(context.look());
  page.line(0, "accel " ACCEL_VERSION);
  if (context.settings.verbose) {
    page.blank();
    render::put_vendors(page, vendor_levels(context.surroundings.backends));
  }
  context.out = page.take();
  return ExitCode::ok;
}

}  // namespace

const Command kVersion{"version",
                       "Look",
                       "Which accel this is",
                       "Prints the version; with -v also how far the back end of each vendor was "
                       "verified: on hardware, on recordings of it, on the simulator, or against "
                       "documentation only.",
                       {},
                       {},
                       kFormats,
                       kExamples,
                       kExits,
                       false,
                       run};

}  // namespace accel::cli
