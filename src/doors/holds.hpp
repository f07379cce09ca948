#pragma once

#include <span>
#include <string>
#include <string_view>

#include "doors/doors.hpp"

// What the files of doors share; private to it.
namespace kith::doors {

// A hint for the hosts where somebody on hold came from the same network.
void note_newcomer(db::Tx& tx, MemberId newcomer, std::string_view digest);
// Forgets the networks of who is on hold no more, and with the last of them the key.
void forget_networks(db::Tx& tx);

// A notice for every host that something waits on the page of the door; one until they have looked.
void tell_hosts(db::Tx& tx);

}  // namespace kith::doors
