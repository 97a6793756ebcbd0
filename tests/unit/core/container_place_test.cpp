#include "core/container_place.hpp"

#include <gtest/gtest.h>

namespace accel {
namespace {

const std::string kId = std::string(32, 'a') + std::string(32, '1');
const std::string kOther = std::string(64, 'b');
const std::string kPod = "3d9a0c1e-0b5f-4c1e-9a51-00c0ffee0001";
const std::string kPodInSlice = "3d9a0c1e_0b5f_4c1e_9a51_00c0ffee0001";

struct Case {
  std::string cgroup;
  std::string runtime;
  std::string container = kId;
  std::string pod_uid;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.cgroup; }

class ContainerSpelling : public ::testing::TestWithParam<Case> {};

TEST_P(ContainerSpelling, IsUnderstood) {
  const ContainerPlace place = container_place(GetParam().cgroup);

  EXPECT_EQ(place.container, GetParam().container);
  EXPECT_EQ(place.runtime, GetParam().runtime);
  EXPECT_EQ(place.pod_uid, GetParam().pod_uid);
  EXPECT_EQ(place.job, "");
}

INSTANTIATE_TEST_SUITE_P(
    Engines, ContainerSpelling,
    ::testing::Values(
        Case{"0::/system.slice/docker-" + kId + ".scope\n", "docker"},
        Case{"0::/user.slice/user-1000.slice/user@1000.service/user.slice/docker-" + kId +
                 ".scope\n",
             "docker"},
        Case{"12:cpu,cpuacct:/docker/" + kId + "\n1:name=systemd:/docker/" + kId + "\n", "docker"},
        Case{"0::/machine.slice/libpod-" + kId + ".scope/container\n", "podman"},
        Case{"5:pids:/libpod_parent/libpod-" + kId + "\n", "podman"},
        Case{"0::/system.slice/nerdctl-" + kId + ".scope\n", "containerd"},
        Case{"0::/default/" + kId + "\n", ""}, Case{"9:devices:/lxc/web1\n", "lxc", "web1"},
        Case{"0::/lxc.payload.web1/system.slice/cron.service\n", "lxc", "web1"},
        Case{"0::/machine.slice/systemd-nspawn@build.service/payload/init.scope\n",
             "systemd-nspawn", "build"}));

INSTANTIATE_TEST_SUITE_P(
    Kubernetes, ContainerSpelling,
    ::testing::Values(
        Case{"0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + kPodInSlice +
                 ".slice/cri-containerd-" + kId + ".scope\n",
             "containerd", kId, kPod},
        Case{"0::/kubepods.slice/kubepods-pod" + kPodInSlice + ".slice/crio-" + kId +
                 ".scope/container\n",
             "cri-o", kId, kPod},
        Case{"11:devices:/kubepods/besteffort/pod" + kPod + "/" + kId + "\n", "", kId, kPod},
        Case{"11:devices:/kubepods/pod" + std::string(32, 'c') + "/" + kId + "\n", "", kId,
             std::string(32, 'c')},
        Case{"0::/system.slice/containerd.service/kubepods-burstable-pod" + kPodInSlice +
                 ".slice:cri-containerd:" + kId + "\n",
             "containerd", kId, kPod},
        // A node in a container, as kind makes it: the pod's container is the inner one.
        Case{"0::/system.slice/docker-" + kOther +
                 ".scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/"
                 "kubelet-kubepods-burstable-pod" +
                 kPodInSlice + ".slice/cri-containerd-" + kId + ".scope\n",
             "containerd", kId, kPod}));

TEST(ContainerPlace, IsEmptyOutsideOfContainers) {
  for (const std::string& cgroup :
       {std::string(), std::string("0::/\n"), std::string("0::/user.slice/user-1000.slice\n"),
        "0::/x/" + std::string(65, 'a') + "\n", "0::/x/" + std::string(63, 'a'),
        std::string("0::/machine.slice/machine-qemu\\x2d1\\x2dvm.scope\n")}) {
    const ContainerPlace place = container_place(cgroup);
    EXPECT_EQ(place.container, "") << cgroup;
    EXPECT_EQ(place.runtime, "") << cgroup;
    EXPECT_EQ(place.pod_uid, "") << cgroup;
  }
}

TEST(ContainerPlace, LeavesOutAnEnginesWatcher) {
  EXPECT_EQ(container_place("0::/machine.slice/libpod-conmon-" + kId + ".scope\n").container, "");
  EXPECT_EQ(container_place("0::/lxc.monitor.web1\n").container, "");
}

TEST(ContainerPlace, TakesTheEngineFromTheLineThatNamesIt) {
  const auto place = container_place("3:cpu:/kubepods/pod" + kPod + "/" + kId +
                                     "\n0::/system.slice/docker-" + kId + ".scope\n");

  EXPECT_EQ(place.runtime, "docker");
  EXPECT_EQ(place.pod_uid, kPod);
}

TEST(ContainerPlace, BelievesNoPodOutsideOfKubernetes) {
  EXPECT_EQ(container_place("0::/podman.slice\n").pod_uid, "");
  EXPECT_EQ(container_place("0::/system-pod" + kPodInSlice + ".slice\n").pod_uid, "");
}

TEST(ContainerPlace, NamesAJobOfSlurmWithItsStep) {
  EXPECT_EQ(container_place("8:memory:/slurm/uid_1000/job_1234/step_0/task_0\n").job, "1234.0");
  EXPECT_EQ(
      container_place("0::/system.slice/slurmstepd.scope/job_1234/step_batch/user/task_0\n").job,
      "1234.batch");
  EXPECT_EQ(container_place("0::/system.slice/n1_slurmstepd.scope/job_7/step_extern/user\n").job,
            "7.extern");
  EXPECT_EQ(container_place("0::/system.slice/slurmstepd.scope/system\n").job, "");
  EXPECT_EQ(container_place("0::/elsewhere/job_1234/step_0\n").job, "");
}

}  // namespace
}  // namespace accel
