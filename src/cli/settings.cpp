#include "cli/settings.hpp"

#include <array>
#include <system_error>
#include <utility>

#include "render/columns.hpp"

namespace accel::cli {
namespace {

Error usage(std::string message, std::string remedy) {
  return {Errc::invalid_argument, std::move(message), std::move(remedy), {}};
}

Result<Format> format_of(const Arguments& arguments) {
  constexpr std::array<std::pair<std::string_view, Format>, 3> formats{
      {{"--json", Format::json}, {"--yaml", Format::yaml}, {"--csv", Format::csv}}};
  Format format = Format::text;
  std::string_view first;
  for (const auto& [option, meant] : formats) {
    if (!arguments.has(option)) continue;
    if (!first.empty()) {
      return usage(std::string(first) + " and " + std::string(option) + " exclude each other",
                   "give one of them");
    }
    first = option;
    format = meant;
  }
  return format;
}

Result<std::optional<std::filesystem::path>> directory_of(const Arguments& arguments,
                                                          std::string_view option) {
  const auto text = arguments.value(option);
  if (!text) return std::optional<std::filesystem::path>();
  std::error_code why;
  const std::filesystem::path path = std::filesystem::absolute(*text, why);
  if (!std::filesystem::is_directory(path, why)) {
    const std::string reason = why ? why.message() : std::string("not a directory");
    return usage(std::string(option) + ": " + *text + ": " + reason,
                 "name a directory that exists");
  }
  return std::optional(path.lexically_normal());
}

Result<void> read_directories(const Arguments& arguments, Settings& settings) {
  auto root = directory_of(arguments, "--root");
  if (!root) return root.error();
  auto library_dir = directory_of(arguments, "--lib-dir");
  if (!library_dir) return library_dir.error();
  settings.root = std::move(*root);
  settings.library_dir = std::move(*library_dir);
  // A state directory may not exist yet: whoever writes there makes it.
  if (const auto text = arguments.value("--state-dir")) {
    std::error_code ignored;
    settings.state_dir = std::filesystem::absolute(*text, ignored).lexically_normal();
  }
  if (const auto text = arguments.value("--config")) {
    std::error_code ignored;
    settings.configuration = std::filesystem::absolute(*text, ignored).lexically_normal();
  }
  settings.scenario = arguments.value("--sim");
  if (settings.scenario && settings.root) {
    return usage("--sim and --root exclude each other",
                 "a machine is either simulated or read from files");
  }
  return {};
}

Result<void> read_fields(const std::string& text, const Command* command, Settings& settings) {
  if (command == nullptr || command->fields == nullptr) {
    auto query = render::Query::parse(text);
    if (!query) return query.error();
    settings.query = std::move(*query);
    return {};
  }
  auto columns = render::parse_columns(text, command->fields());
  if (!columns) return columns.error();
  settings.columns = std::move(*columns);
  return {};
}

}  // namespace

Result<Settings> Settings::from(const Arguments& arguments) {
  Settings settings;
  const auto format = format_of(arguments);
  if (!format) return format.error();
  settings.format = *format;
  if (const auto text = arguments.value("--query")) {
    if (*format == Format::json || *format == Format::yaml) {
      return usage("--query: chooses columns, which only text and CSV have",
                   "leave it out, or leave out the format");
    }
    if (auto chosen = read_fields(*text, arguments.command(), settings); !chosen) {
      return annotate("--query", chosen.error());
    }
  }
  for (const auto& text : arguments.values("--device")) {
    auto selector = Selector::parse(text, Selector::Bare::allowed);
    if (!selector) return selector.error();
    settings.devices.push_back(std::move(*selector));
  }
  if (auto read = read_directories(arguments, settings); !read) return read.error();
  settings.wake = arguments.has("--wake");
  settings.verbose = arguments.has("--verbose");
  settings.colour = !arguments.has("--no-color");
  return settings;
}

}  // namespace accel::cli
