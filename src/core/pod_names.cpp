#include "core/pod_names.hpp"

#include <system_error>

#include "base/dir.hpp"
#include "base/place.hpp"
#include "core/process_lookup.hpp"

namespace accel {

void PodNames::read() {
  pods_.emplace();
  std::error_code failure;
  const auto pods = base::names_in(folder_, failure);
  if (failure) {
    const bool denied = failure == std::errc::permission_denied;
    unread_ = Absence{denied ? ReadingStatus::no_permission : ReadingStatus::unsupported,
                      folder_ + ": " + failure.message(), denied ? "run as root" : ""};
  }
  // The kubelet keeps a pod's logs in <namespace>_<name>_<uid> (BuildPodLogsDirectory in
  // pkg/kubelet/kuberuntime/helpers.go); neither name can hold a '_'.
  for (const std::string& pod : pods) {
    const auto first = pod.find('_');
    const auto last = pod.rfind('_');
    if (first == std::string::npos || first == last) continue;
    const std::string source = base::Dir(folder_).source(pod);
    pods_->insert_or_assign(pod.substr(last + 1),
                            Pod{{printable(pod.substr(first + 1, last - first - 1)), source},
                                {printable(pod.substr(0, first)), source}});
  }
}

PodNames::Pod PodNames::pod(const std::string& uid) {
  if (!pods_) read();
  const auto found = pods_->find(uid);
  if (found != pods_->end()) return found->second;
  const Absence why = unread_.value_or(
      Absence{ReadingStatus::unsupported, folder_ + ": no folder ends in _" + uid, ""});
  return {{why, folder_}, {why, folder_}};
}

}  // namespace accel
