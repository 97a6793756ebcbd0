// Result<T>: a value or the Error that prevented it.
//
// A [[nodiscard]] layer over tl::expected: `return value;` and `return error;` are the whole
// protocol, and a dropped Result is a compiler warning.
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "accel/error.hpp"

namespace accel {

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
  using Base = tl::expected<T, Error>;

 public:
  using Base::Base;
  // Implicit on purpose: `return error;` is how a function fails.
  // NOLINTNEXTLINE(google-explicit-constructor): see above
  Result(Error error) : Base(tl::unexpect, std::move(error)) {}
};

template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
  using Base = tl::expected<void, Error>;

 public:
  using Base::Base;
  // NOLINTNEXTLINE(google-explicit-constructor): `return error;` is how a function fails
  Result(Error error) : Base(tl::unexpect, std::move(error)) {}
};

}  // namespace accel
