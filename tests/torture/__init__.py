"""What Wellread promises about faults and attacks, each promise put to the test as hard as half an hour allows."""
