#include "accel/facade/errors.hpp"

namespace accel::facade {

ErrorDictionary to_dictionary(const Error& error) {
  return {false, error.text(), std::string(traits(error.code).name), error.remedy, error.details};
}

std::runtime_error to_runtime_error(const Error& error) { return std::runtime_error(error.text()); }

}  // namespace accel::facade
