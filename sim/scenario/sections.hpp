// The parts of the scenario parser, one a section of the file.
#pragma once

#include "scenario.hpp"
#include "table_reader.hpp"

namespace accel::sim {

void read_host(TableReader& reader, ScenarioHost& host);
void read_storage(TableReader& reader, ScenarioStorage& storage);
void read_nic(TableReader& reader, ScenarioNic& nic);
void read_switches(TableReader& reader, ScenarioSwitches& switches);
void read_gpu(TableReader& reader, ScenarioGpu& gpu);
void read_board(TableReader& reader, Board& board);
void read_process(TableReader& reader, ScenarioProcess& process);

}  // namespace accel::sim
