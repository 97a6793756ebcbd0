// Shapes of an SVG image (SVG 1.1), in whole pixels. It knows nothing of what they mean.
#pragma once

#include <string>
#include <string_view>

namespace accel::render {

struct Point {
  int x = 0;
  int y = 0;
};

struct Box {
  Point corner;  ///< upper left
  int width = 0;
  int height = 0;
  [[nodiscard]] int centre() const { return corner.x + width / 2; }
  [[nodiscard]] int bottom() const { return corner.y + height; }
};

class Svg {
 public:
  void box(const Box& box, std::string_view fill, std::string_view stroke);
  void line(Point from, Point to, std::string_view stroke);
  /// A curve that hangs down between two points to `depth` below them.
  void arc(Point from, Point to, int depth, std::string_view stroke);
  /// Centred at a point, which is on its base line. Any text: it is made fit for XML.
  void text(Point at, std::string_view text, bool bold = false);

  /// The whole image with a white ground.
  [[nodiscard]] std::string take(int width, int height) const;

 private:
  std::string shapes_;
};

}  // namespace accel::render
