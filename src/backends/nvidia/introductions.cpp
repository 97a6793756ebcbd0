#include "backends/nvidia/introductions.hpp"

#include <optional>
#include <utility>

#include "backends/nvidia/device_nodes.hpp"
#include "backends/nvidia/proc_files.hpp"

namespace accel::nvidia {
namespace {

/// What the job that asks one GPU works on and leaves behind; it may outlive the back end.
struct Question {
  std::shared_ptr<const Machine> machine;
  PciFunction function;
  std::shared_ptr<const DriverIdentity> driver;
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

AcceleratorInfo quiet(const Question& question, const Absence& unknown) {
  return quiet_identity(*question.machine, *question.driver, &question.function, unknown);
}

Introduction refused(const Question& question, Error why) {
  auto identity = quiet(question, absence_of(why));
  return refuse(std::move(identity), std::move(why));
}

Introduction asked(const Question& question) {
  const Nvml& nvml = *question.nvml;
  nvmlDevice_t handle = nullptr;
  const auto done =
      nvml.call(nvml.functions().device_by_pci, bus_id(question.function.address).c_str(), &handle);
  if (!done) {
    return refused(question, explained(done.error(), *question.machine, question.function));
  }
  return introduce({quiet(question, {ReadingStatus::unsupported, "not told by the driver", ""}),
                    Gpu(question.nvml, handle), RuntimePower(question.function, *question.machine)},
                   *question.driver, question.machine);
}

}  // namespace

Introduction introduce(KnownGpu known, const DriverIdentity& driver,
                       const std::shared_ptr<const Machine>& machine) {
  ask_identity(known.info, known.gpu, driver, *machine);
  Introduction heard{std::move(known), false, {}};
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
  // The start of the library and the answers share it.
  const auto deadline = machine_->clock->steady() + kIntroductionPatience;
  std::vector<std::optional<Error>> refusals;
  std::optional<Result<std::shared_ptr<const Nvml>>> opened;
  for (const PciFunction& function : functions) {
    refusals.push_back(bus_refusal(function, *machine_));
    if (!refusals.back() && !opened) opened = library.open();
    if (!refusals.back() && !*opened) refusals.back() = opened->error();
  }
  const auto driver = std::make_shared<const DriverIdentity>(driver_identity(*machine_));

  std::vector<std::shared_ptr<Question>> questions;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    auto question =
        std::make_shared<Question>(Question{machine_, functions[i], driver, nullptr, std::nullopt});
    questions.push_back(question);
    if (refusals[i]) {
      question->answer = refused(*question, std::move(*refusals[i]));
      continue;
    }
    question->nvml = **opened;
    base::Worker& worker = worker_of(functions[i].address);
    if (!worker.start([question] { question->answer = asked(*question); })) {
      question->nvml = nullptr;  // Still busy with the last time: nobody to wait for.
      question->answer = refused(*question, no_answer());
    }
  }
  std::vector<Introduction> heard;
  for (const auto& question : questions) {
    const auto worker = workers_.find(question->function.address);
    const bool pending = question->nvml != nullptr && worker != workers_.end();
    if (pending && worker->second->collect(deadline) != base::Worker::Outcome::done) {
      heard.push_back(refused(*question, no_answer()));
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
