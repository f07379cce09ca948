#include "base/clock.hpp"

#include <chrono>

namespace kith {

Time SystemClock::now() const {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace kith
