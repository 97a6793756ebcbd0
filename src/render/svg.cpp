#include "render/svg.hpp"

#include "render/utf8.hpp"

namespace accel::render {
namespace {

/// XML 1.0, 2.4: what must not stand in character data as itself.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : printable(text)) {
    switch (letter) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += letter; break;
    }
  }
  return out;
}

/// ` x="12"`
std::string attribute(std::string_view name, int value) {
  return " " + std::string(name) + "=\"" + std::to_string(value) + "\"";
}
std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string pair(Point at) { return std::to_string(at.x) + "," + std::to_string(at.y); }

}  // namespace

void Svg::box(const Box& box, std::string_view fill, std::string_view stroke) {
  shapes_ += "  <rect" + attribute("x", box.corner.x) + attribute("y", box.corner.y) +
             attribute("width", box.width) + attribute("height", box.height) + attribute("rx", 4) +
             attribute("fill", fill) + attribute("stroke", stroke) + "/>\n";
}

void Svg::line(Point from, Point to, std::string_view stroke) {
  shapes_ += "  <line" + attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) +
             attribute("y2", to.y) + attribute("stroke", stroke) + "/>\n";
}

void Svg::arc(Point from, Point to, int depth, std::string_view stroke) {
  const std::string path = "M " + pair(from) + " C " + pair({from.x, from.y + depth}) + " " +
                           pair({to.x, to.y + depth}) + " " + pair(to);
  shapes_ += "  <path" + attribute("d", path) + attribute("fill", "none") +
             attribute("stroke", stroke) + attribute("stroke-width", 2) + "/>\n";
}

void Svg::text(Point at, std::string_view text, bool bold) {
  shapes_ += "  <text" + attribute("x", at.x) + attribute("y", at.y);
  if (bold) shapes_ += attribute("font-weight", "bold");
  shapes_ += ">" + escaped(text) + "</text>\n";
}

std::string Svg::take(int width, int height) const {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<svg xmlns=\"http://www.w3.org/2000/svg\"" +
         attribute("width", width) + attribute("height", height) +
         attribute("viewBox", "0 0 " + std::to_string(width) + " " + std::to_string(height)) +
         " font-family=\"sans-serif\" font-size=\"11\" text-anchor=\"middle\">\n"
         "  <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" +
         shapes_ + "</svg>\n";
}

}  // namespace accel::render
