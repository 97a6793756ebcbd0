#include "core/device_links.hpp"

#include <memory>

#include "core/device_work.hpp"
#include "core/system_state.hpp"

namespace accel {
namespace {

using Links = std::vector<DeviceLink>;

Result<void> ask(Device& device, Links& out) {
  LinkLister* lister = device.link_lister();
  if (lister == nullptr) {
    return Error{
        Errc::operation_not_supported, "this device tells of no links of its vendor's own", "", {}};
  }
  auto links = lister->links();
  if (!links) return links.error();
  out = *std::move(links);
  return {};
}

}  // namespace

std::vector<Result<Links>> device_links(System::State& state,
                                        std::span<const std::size_t> positions) {
  std::vector<std::shared_ptr<Links>> found;
  std::vector<DeviceWork> work;
  for (const std::size_t position : positions) {
    auto links = std::make_shared<Links>();
    work.push_back({position, [links](Device& device) { return ask(device, *links); }});
    found.push_back(std::move(links));
  }
  const auto outcomes = work_on_devices(state, work, state.options.device_deadline,
                                        "asking the device for its links");
  std::vector<Result<Links>> all;
  all.reserve(outcomes.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i]) {
      all.emplace_back(std::move(*found[i]));
    } else {
      all.emplace_back(outcomes[i].error());
    }
  }
  return all;
}

}  // namespace accel
