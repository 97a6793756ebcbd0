// Layouts of the gpu_metrics table, revisions 2.0 to 3.0. Offsets and sizes: kgd_pp_interface.h of
// Linux 7.3, compared with 6.12 and 6.1.
#include <array>

#include "backends/amd/gpu_metrics_layout.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;
using Row = MetricsRow;

// clang-format off
constexpr std::array kV20{
    Row{Field::system_clock_counter, 8, 8, 1},
    Row{Field::temperature_gfx, 16, 2, 1},
    Row{Field::temperature_soc, 18, 2, 1},
    Row{Field::temperature_core, 20, 2, 8},
    Row{Field::temperature_l3, 36, 2, 2},
    Row{Field::average_gfx_activity, 40, 2, 1},
    Row{Field::average_mm_activity, 42, 2, 1},
    Row{Field::average_socket_power, 44, 2, 1},
    Row{Field::average_cpu_power, 46, 2, 1},
    Row{Field::average_soc_power, 48, 2, 1},
    Row{Field::average_gfx_power, 50, 2, 1},
    Row{Field::average_core_power, 52, 2, 8},
    Row{Field::average_gfxclk_frequency, 68, 2, 1},
    Row{Field::average_socclk_frequency, 70, 2, 1},
    Row{Field::average_uclk_frequency, 72, 2, 1},
    Row{Field::average_fclk_frequency, 74, 2, 1},
    Row{Field::average_vclk_frequency, 76, 2, 1},
    Row{Field::average_dclk_frequency, 78, 2, 1},
    Row{Field::current_gfxclk, 80, 2, 1},
    Row{Field::current_socclk, 82, 2, 1},
    Row{Field::current_uclk, 84, 2, 1},
    Row{Field::current_fclk, 86, 2, 1},
    Row{Field::current_vclk, 88, 2, 1},
    Row{Field::current_dclk, 90, 2, 1},
    Row{Field::current_coreclk, 92, 2, 8},
    Row{Field::current_l3clk, 108, 2, 2},
    Row{Field::throttle_status, 112, 4, 1},
    Row{Field::fan_pwm, 116, 2, 1},
};

constexpr std::array kV24{
    Row{Field::temperature_gfx, 4, 2, 1},
    Row{Field::temperature_soc, 6, 2, 1},
    Row{Field::temperature_core, 8, 2, 8},
    Row{Field::temperature_l3, 24, 2, 2},
    Row{Field::average_gfx_activity, 28, 2, 1},
    Row{Field::average_mm_activity, 30, 2, 1},
    Row{Field::system_clock_counter, 32, 8, 1},
    Row{Field::average_socket_power, 40, 2, 1},
    Row{Field::average_cpu_power, 42, 2, 1},
    Row{Field::average_soc_power, 44, 2, 1},
    Row{Field::average_gfx_power, 46, 2, 1},
    Row{Field::average_core_power, 48, 2, 8},
    Row{Field::average_gfxclk_frequency, 64, 2, 1},
    Row{Field::average_socclk_frequency, 66, 2, 1},
    Row{Field::average_uclk_frequency, 68, 2, 1},
    Row{Field::average_fclk_frequency, 70, 2, 1},
    Row{Field::average_vclk_frequency, 72, 2, 1},
    Row{Field::average_dclk_frequency, 74, 2, 1},
    Row{Field::current_gfxclk, 76, 2, 1},
    Row{Field::current_socclk, 78, 2, 1},
    Row{Field::current_uclk, 80, 2, 1},
    Row{Field::current_fclk, 82, 2, 1},
    Row{Field::current_vclk, 84, 2, 1},
    Row{Field::current_dclk, 86, 2, 1},
    Row{Field::current_coreclk, 88, 2, 8},
    Row{Field::current_l3clk, 104, 2, 2},
    Row{Field::throttle_status, 108, 4, 1},
    Row{Field::fan_pwm, 112, 2, 1},
    Row{Field::indep_throttle_status, 120, 8, 1},
    Row{Field::average_temperature_gfx, 128, 2, 1},
    Row{Field::average_temperature_soc, 130, 2, 1},
    Row{Field::average_temperature_core, 132, 2, 8},
    Row{Field::average_temperature_l3, 148, 2, 2},
    Row{Field::average_cpu_voltage, 152, 2, 1},
    Row{Field::average_soc_voltage, 154, 2, 1},
    Row{Field::average_gfx_voltage, 156, 2, 1},
    Row{Field::average_cpu_current, 158, 2, 1},
    Row{Field::average_soc_current, 160, 2, 1},
    Row{Field::average_gfx_current, 162, 2, 1},
};

constexpr std::array kV30{
    Row{Field::temperature_gfx, 4, 2, 1},
    Row{Field::temperature_soc, 6, 2, 1},
    Row{Field::temperature_core, 8, 2, 16},
    Row{Field::temperature_skin, 40, 2, 1},
    Row{Field::average_gfx_activity, 42, 2, 1},
    Row{Field::average_vcn_activity, 44, 2, 1},
    Row{Field::average_ipu_activity, 46, 2, 8},
    Row{Field::average_core_c0_activity, 62, 2, 16},
    Row{Field::average_dram_reads, 94, 2, 1},
    Row{Field::average_dram_writes, 96, 2, 1},
    Row{Field::average_ipu_reads, 98, 2, 1},
    Row{Field::average_ipu_writes, 100, 2, 1},
    Row{Field::system_clock_counter, 104, 8, 1},
    Row{Field::average_socket_power, 112, 4, 1},
    Row{Field::average_ipu_power, 116, 2, 1},
    Row{Field::average_apu_power, 120, 4, 1},
    Row{Field::average_gfx_power, 124, 4, 1},
    Row{Field::average_dgpu_power, 128, 4, 1},
    Row{Field::average_all_core_power, 132, 4, 1},
    Row{Field::average_core_power, 136, 2, 16},
    Row{Field::average_sys_power, 168, 2, 1},
    Row{Field::stapm_power_limit, 170, 2, 1},
    Row{Field::current_stapm_power_limit, 172, 2, 1},
    Row{Field::average_gfxclk_frequency, 174, 2, 1},
    Row{Field::average_socclk_frequency, 176, 2, 1},
    Row{Field::average_vpeclk_frequency, 178, 2, 1},
    Row{Field::average_ipuclk_frequency, 180, 2, 1},
    Row{Field::average_fclk_frequency, 182, 2, 1},
    Row{Field::average_vclk_frequency, 184, 2, 1},
    Row{Field::average_uclk_frequency, 186, 2, 1},
    Row{Field::average_mpipu_frequency, 188, 2, 1},
    Row{Field::current_coreclk, 190, 2, 16},
    Row{Field::current_core_maxfreq, 222, 2, 1},
    Row{Field::current_gfx_maxfreq, 224, 2, 1},
    Row{Field::throttle_residency_prochot, 228, 4, 1},
    Row{Field::throttle_residency_spl, 232, 4, 1},
    Row{Field::throttle_residency_fppt, 236, 4, 1},
    Row{Field::throttle_residency_sppt, 240, 4, 1},
    Row{Field::throttle_residency_thm_core, 244, 4, 1},
    Row{Field::throttle_residency_thm_gfx, 248, 4, 1},
    Row{Field::throttle_residency_thm_soc, 252, 4, 1},
    Row{Field::time_filter_alphavalue, 256, 4, 1},
};
// clang-format on

constexpr std::array kLayouts{
    MetricsLayout{2, 0, 120, kV20}, MetricsLayout{2, 1, 120, kV24}, MetricsLayout{2, 2, 128, kV24},
    MetricsLayout{2, 3, 152, kV24}, MetricsLayout{2, 4, 168, kV24}, MetricsLayout{3, 0, 264, kV30},
};

}  // namespace

std::span<const MetricsLayout> apu_layouts() { return kLayouts; }

}  // namespace accel::amd
