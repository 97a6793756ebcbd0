// accel generate: documents and completion from the tables, for the build and the project itself.
#include "cli/generate/generate.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/spelling.hpp"
#include "cli/commands/all.hpp"
#include "cli/context.hpp"

namespace accel::cli {
namespace {

struct Product {
  std::string_view name;
  std::string (*make)();
};

constexpr std::array<Product, 7> kProducts{{{"man", man_page},
                                            {"cli-md", cli_reference},
                                            {"metrics-md", metric_reference},
                                            {"configuration-md", configuration_reference},
                                            {"bash", bash_completion},
                                            {"zsh", zsh_completion},
                                            {"fish", fish_completion}}};

constexpr Operand kOperands[] = {
    {"WHAT", Kind::text, "man, cli-md, metrics-md, configuration-md, bash, zsh or fish"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "printed"},
    {ExitCode::usage, "there is no such document"},
};

ExitCode run(Context& context) {
  const std::string& wanted = context.arguments.operands()[0];
  const auto* const product = std::ranges::find(kProducts, wanted, &Product::name);
  if (product == kProducts.end()) {
    std::vector<std::string_view> names;
    names.reserve(kProducts.size());
    for (const Product& known : kProducts) names.push_back(known.name);
    return context.fail({Errc::invalid_argument,
                         "generate: unknown document: '" + wanted + "'",
                         base::suggestion(wanted, names),
                         {}});
  }
  context.out = product->make();
  return ExitCode::ok;
}

}  // namespace

const Command kGenerate{"generate",
                        "Build",
                        "Documents from the tables",
                        "Prints a document that is written from the command and metric tables.",
                        kOperands,
                        {},
                        kAlways,
                        {},
                        kExits,
                        true,
                        run};

}  // namespace accel::cli
