#include "problem.hpp"

#include <cerrno>

#include <system_error>

namespace accel::sim {

Problem system_problem(const std::string& what, int error) {
  Fail code = Fail::io;
  if (error == EACCES || error == EPERM) code = Fail::denied;
  if (error == ENOENT) code = Fail::not_found;
  return {code, what + ": " + std::generic_category().message(error)};
}

}  // namespace accel::sim
