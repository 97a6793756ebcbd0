// An object of a document under construction, which remembers why fields of it are absent.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "accel/pci_address.hpp"
#include "accel/reading.hpp"
#include "accel/units.hpp"
#include "render/document.hpp"

namespace accel::render {

/// The value in the unit that documents use (watts, degrees), an integer where it is a whole one.
[[nodiscard]] Document in_shown_unit(std::int64_t base, std::int64_t per_shown);

/// Why a reading has no value, as {status, reason, remedy}; members that are empty are left out.
[[nodiscard]] Document::Object why_absent(const Absence& absence);

inline Document document_of(const std::string& text) { return text; }
inline Document document_of(std::int64_t number) { return number; }
inline Document document_of(double number) { return number; }
inline Document document_of(bool flag) { return flag; }
inline Document document_of(const PciAddress& address) { return address.text(); }
template <class Unit>
Document document_of(Quantity<Unit> quantity) {
  if constexpr (std::is_same_v<typename Unit::Rep, double>) {
    return quantity.value;
  } else {
    return in_shown_unit(quantity.value, Unit::per_shown);
  }
}
template <class Enum>
requires std::is_enum_v<Enum> Document document_of(Enum word) { return to_string(word); }

class Facts {
 public:
  /// A field that is always known.
  Facts& add(std::string_view key, Document value) {
    members_.push_back({std::string(key), std::move(value)});
    return *this;
  }

  /// A field that may be absent: then null, with an entry in `missing`.
  template <class T>
  Facts& add(std::string_view key, const Reading<T>& reading) {
    return add(key, reading, [](const T& value) { return document_of(value); });
  }
  template <class T, class Show>
  Facts& add(std::string_view key, const Reading<T>& reading, const Show& show) {
    if (reading) return add(key, Document(show(*reading)));
    miss(key, reading.absence());
    return add(key, Document());
  }

  /// The object, with `missing` as its last member.
  [[nodiscard]] Document take();

 private:
  void miss(std::string_view key, const Absence& absence);

  Document::Object members_;
  Document::Array missing_;
};

}  // namespace accel::render
