#include "cli/simulation_document.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "render/yaml.hpp"

namespace accel::cli {
namespace {

using Json = nlohmann::ordered_json;

render::Document document_of(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean: return json.get<bool>();
    case Json::value_t::number_integer: return json.get<std::int64_t>();
    case Json::value_t::number_unsigned: return json.get<std::uint64_t>();
    case Json::value_t::number_float: return json.get<double>();
    case Json::value_t::string: return json.get<std::string>();
    case Json::value_t::array: {
      render::Document::Array items;
      for (const auto& item : json) items.push_back(document_of(item));
      return items;
    }
    case Json::value_t::object: {
      render::Document::Object members;
      for (const auto& [key, value] : json.items()) members.push_back({key, document_of(value)});
      return members;
    }
    default: return {};
  }
}

}  // namespace

Result<render::Document> parse_json(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    return Error{Errc::malformed, "not JSON: '" + std::string(text.substr(0, 60)) + "'", "", {}};
  }
  return document_of(json);
}

ExitCode show_simulation(Context& context, const std::string& scenario, const std::string& json) {
  const auto document = parse_json(json);
  if (!document) return context.fail(annotate("sim show", document.error()));
  if (context.settings.format != Format::text) {
    context.out = Context::written(*document, context.settings.format);
    return ExitCode::ok;
  }
  render::Page page(context.look());
  page.simulated(scenario);
  context.out = page.take() + render::yaml(*document);
  return ExitCode::ok;
}

}  // namespace accel::cli
