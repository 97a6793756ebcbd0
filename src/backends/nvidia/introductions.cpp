#include "backends/nvidia/introductions.hpp"

#include <optional>
#include <utility>

#include "backends/nvidia/device_nodes.hpp"
#include "backends/nvidia/identity.hpp"
#include "backends/nvidia/proc_files.hpp"
#include "base/number.hpp"

namespace accel::nvidia {
namespace {

/// What the job that asks one GPU works on and leaves behind; it may outlive the back end.
struct Question {
  std::shared_ptr<const Machine> machine;
  PciFunction function;
  std::shared_ptr<const Nvml> nvml;
  std::optional<Introduction> answer;
};

/// Why a GPU must not be asked, from the bus alone.
std::optional<Error> bus_refusal(const PciFunction& function, const Machine& machine) {
  if (auto asleep = RuntimePower(function, machine).refusal()) return asleep;
  if (function.driver && *function.driver != "nvidia") {
    const bool given_away = *function.driver == "vfio-pci";
    return Error{Errc::driver_not_found,
                 "bound to the driver " + *function.driver,
                 given_away ? "it belongs to a virtual machine; bind it to nvidia to use it here"
                            : "bind it to the nvidia driver",
                 {}};
  }
  if (function.driver.status() == ReadingStatus::no_driver) {
    return Error{Errc::driver_not_found, function.driver.reason(), function.driver.remedy(), {}};
  }
  return std::nullopt;
}

/// A GPU that the library does not give: is it the node that this user may not open?
Error explained(Error error, const Machine& machine, const PciFunction& function) {
  const bool may_be_node = error.code == Errc::permission_denied || error.code == Errc::not_found ||
                           error.code == Errc::nvml_error || error.code == Errc::system_error;
  const auto minor = gpu_file(machine, function.address).minor;
  if (!may_be_node || !minor) return error;
  if (auto refusal = node_refusal(machine, "/dev/nvidia" + std::to_string(*minor))) {
    error.code = Errc::permission_denied;
    error.message += " (" + refusal->message + ")";
    error.remedy = std::move(refusal->remedy);
  }
  return error;
}

AcceleratorInfo quiet(const PciFunction& function, const Machine& machine, const Absence& unknown) {
  return quiet_identity(machine, &function, unknown);
}

Introduction refused(const PciFunction& function, const Machine& machine, Error why) {
  return refuse(quiet(function, machine, absence_of(why)), std::move(why));
}

Introduction asked(const Question& question) {
  const Nvml& nvml = *question.nvml;
  nvmlDevice_t handle = nullptr;
  const auto done =
      nvml.call(nvml.functions().device_by_pci, bus_id(question.function.address).c_str(), &handle);
  if (!done) {
    return refused(question.function, *question.machine,
                   explained(done.error(), *question.machine, question.function));
  }
  return introduce(Gpu(question.nvml, handle),
                   quiet(question.function, *question.machine,
                         {ReadingStatus::unsupported, "not told by the driver", ""}),
                   RuntimePower(question.function, *question.machine), question.machine);
}

Error no_answer() {
  return {Errc::timeout,
          "the driver did not answer within " +
              base::number_text(std::chrono::duration<double>(kIntroductionPatience).count()) + "s",
          "look for a hung driver in the kernel log (dmesg)",
          {}};
}

}  // namespace

Introduction introduce(Gpu gpu, AcceleratorInfo quiet, RuntimePower power,
                       const std::shared_ptr<const Machine>& machine) {
  ask_identity(quiet, gpu, *machine);
  Introduction heard{{std::move(quiet), std::move(gpu), std::move(power)}, false, {}};
  heard.divided = is_divided(heard.known.gpu);
  if (heard.divided) {
    heard.parts = mig_devices(heard.known.gpu, heard.known.info, heard.known.power, machine);
  }
  return heard;
}

Introduction refuse(AcceleratorInfo quiet, Error why) {
  quiet.state = state_of(why.code);
  quiet.state_reason = why.message;
  quiet.state_remedy = why.remedy;
  return {{std::move(quiet), Gpu(std::move(why)), {}}, false, {}};
}

std::vector<Introduction> Introductions::hear(std::span<const PciFunction> functions,
                                              Library& library) {
  std::vector<std::shared_ptr<Question>> questions;
  for (const PciFunction& function : functions) {
    auto question = std::make_shared<Question>(Question{machine_, function, nullptr, std::nullopt});
    questions.push_back(question);
    if (auto refusal = bus_refusal(function, *machine_)) {
      question->answer = refused(function, *machine_, std::move(*refusal));
      continue;
    }
    const auto opened = library.open();
    if (!opened) {
      question->answer = refused(function, *machine_, opened.error());
      continue;
    }
    question->nvml = *opened;
    base::Worker& worker = worker_of(function.address);
    if (!worker.start([question] { question->answer = asked(*question); })) {
      question->nvml = nullptr;  // Still busy with the last time: nobody to wait for.
      question->answer = refused(function, *machine_, no_answer());
    }
  }
  std::vector<Introduction> heard;
  const auto deadline = machine_->clock->steady() + kIntroductionPatience;
  for (const auto& question : questions) {
    const auto worker = workers_.find(question->function.address);
    const bool pending = question->nvml != nullptr && worker != workers_.end();
    if (pending && worker->second->collect(deadline) != base::Worker::Outcome::done) {
      heard.push_back(refused(question->function, *machine_, no_answer()));
    } else {
      heard.push_back(std::move(*question->answer));
    }
  }
  return heard;
}

std::vector<Finding> Introductions::examine(std::span<const KnownGpu> gpus, bool library_works) {
  struct Examination {
    KnownGpu known;
    std::vector<Finding> found;
    base::Worker* worker = nullptr;  // Null when it is done.
    bool refused = false;            // The worker is still busy with the last time.
  };
  std::vector<std::shared_ptr<Examination>> examinations;
  for (const KnownGpu& known : gpus) {
    auto job = std::make_shared<Examination>(Examination{known, {}, nullptr, false});
    examinations.push_back(job);
    // One that refuses is not asked, and without a place on the bus it has no worker of its own.
    if (known.gpu.refusal() != nullptr || !known.info.pci_address) {
      job->found = gpu_problems(known, library_works);
      continue;
    }
    job->worker = &worker_of(*known.info.pci_address);
    job->refused = !job->worker->start(
        [job, library_works] { job->found = gpu_problems(job->known, library_works); });
  }
  std::vector<Finding> all;
  const auto deadline = machine_->clock->steady() + kIntroductionPatience;
  for (const auto& job : examinations) {
    const bool late = job->refused || (job->worker != nullptr && job->worker->collect(deadline) !=
                                                                     base::Worker::Outcome::done);
    if (late) {
      all.push_back(silent_gpu(job->known, no_answer()));
    } else {
      all.insert(all.end(), job->found.begin(), job->found.end());
    }
  }
  return all;
}

base::Worker& Introductions::worker_of(const PciAddress& address) {
  auto& worker = workers_[address];
  if (worker == nullptr) worker = std::make_unique<base::Worker>(machine_->clock);
  return *worker;
}

}  // namespace accel::nvidia
