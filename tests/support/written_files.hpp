// What is written to the files of a fake machine: each write in order, refused where the test says
// so. A file holds afterwards what was written to it, unless an effect of the test's does more.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"

namespace accel::testing {

class WrittenFiles {
 public:
  /// "power1_cap 200000000": name of the file and text, one for each write.
  [[nodiscard]] const std::vector<std::string>& all() const { return *writes_; }
  void forget() { writes_->clear(); }
  /// Further writes to files of that name fail so; 0: they are taken again.
  void refuse(const std::string& name, int error) { (*refused_)[name] = error; }
  /// Files of that name keep what they hold: they are commands, not values.
  void keep(const std::string& name) { (*kept_)[name] = true; }

  [[nodiscard]] SimulatedDrivers drivers() const {
    return {.refresh = nullptr,
            .write = [writes = writes_, refused = refused_, kept = kept_](
                         const std::filesystem::path& file, std::string_view text) {
              const std::string name = file.filename();
              if (const auto no = refused->find(name); no != refused->end() && no->second != 0) {
                return no->second;
              }
              writes->push_back(name + " " + std::string(text));
              if (!kept->contains(name)) std::ofstream(file) << text << "\n";
              return 0;
            }};
  }

 private:
  std::shared_ptr<std::vector<std::string>> writes_ = std::make_shared<std::vector<std::string>>();
  std::shared_ptr<std::map<std::string, int>> refused_ =
      std::make_shared<std::map<std::string, int>>();
  std::shared_ptr<std::map<std::string, bool>> kept_ =
      std::make_shared<std::map<std::string, bool>>();
};

}  // namespace accel::testing
