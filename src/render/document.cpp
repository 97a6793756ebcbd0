#include "render/document.hpp"

#include <algorithm>

namespace accel::render {

const Document* Document::find(std::string_view key) const {
  const Object* object = members();
  if (object == nullptr) return nullptr;
  const auto found =
      std::ranges::find_if(*object, [&](const Member& member) { return member.key == key; });
  return found == object->end() ? nullptr : &found->value;
}

}  // namespace accel::render
