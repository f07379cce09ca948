#pragma once

#include <span>
#include <string>
#include <string_view>

#include "doors/doors.hpp"

// What the files of doors share; private to it.
namespace kith::doors {

// Of a network, to be compared with those of accounts on hold. Takes as long as a password: outside any transaction.
std::string network_digest(Services& services, std::string_view network);
// A hint for the hosts where somebody on hold came from the same network.
void note_newcomer(db::Tx& tx, MemberId newcomer, std::string_view digest);
// Forgets the networks of who is on hold no more, and with the last of them the key.
void forget_networks(db::Tx& tx);

// A notice for every host that something waits on the page of the door; one until they have looked.
void tell_hosts(db::Tx& tx);

}  // namespace kith::doors
